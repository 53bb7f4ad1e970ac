"""Whom a pack or an erasure is about: their rows, and what they are known by."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import QuerySet

from fans.people.models import Person
from fans.people.privacy.links import Ids, Link, event_models, owned_rows
from fans.people.privacy.names import Finder, Marks, is_searchable, words_of
from fans.people.privacy.registry import registered
from fans.people.volunteers.models import Guardian


@dataclass(frozen=True)
class Subject:
    """A person with all that is theirs."""

    person_id: int
    finder: Finder
    """Every name, address and number of theirs that is looked for."""
    confirmed: Finder
    """Those addresses alone that they showed to be theirs: anyone can take any name."""
    links: list[Link]
    going: Ids
    staying: Ids
    unsearched: tuple[str, ...]
    """Names that are not looked for: one ordinary word, or another person's name too."""

    @property
    def marks(self) -> Marks:
        """Return what they are known by."""
        return self.finder.marks


def subject_of(person: Person, *, words: Collection[str] = (), shared: bool = False) -> Subject:
    """Gather what a person is known by, now and in history.

    ``words``: what an administrator knows to be theirs too. ``shared``: look for a name
    even where somebody else here bears it; only an administrator can tell them apart.
    """
    links, going, staying = owned_rows(person.pk)
    known = _known(going)
    names = {name for name in known.get("name", ()) if name.strip()}
    borne = set() if shared else _borne_by_others(person, names)
    emails = {email.lower() for email in known.get("email", ())}
    emails -= set(_others(person).filter(email__in=emails).values_list("email", flat=True))
    marks = Marks(
        names=frozenset(names - borne),
        emails=frozenset(emails),
        phones=frozenset(_not_of_others(known.get("phone", set()), going)),
        words=frozenset(word.strip() for word in words if word.strip()),
    )
    plain = {name for name in names if not is_searchable(name)}
    return Subject(
        person_id=person.pk,
        finder=Finder(marks),
        confirmed=Finder(Marks(emails=frozenset(emails & _confirmed(person)))),
        links=links,
        going=going,
        staying=staying,
        unsearched=tuple(sorted(borne | plain - marks.words)),
    )


def _others(person: Person) -> QuerySet[Person]:
    return Person.objects.exclude(pk=person.pk)


def _borne_by_others(person: Person, names: set[str]) -> set[str]:
    """Return those that would take out somebody else's name, or what is said of them.

    "Bell Jo" and "jo-bell" are Jo Bell's, "Ann Bell" stands in Mary Ann Bell's, and
    "Thanks Jo Bell" takes Jo Bell out of a note.
    """
    theirs = {name: Finder(Marks(names=frozenset({name}))) for name in names}
    words = {name: _words(name) for name in names}
    borne = set()
    for other in _names_of_others(person):
        within = _words(other) if is_searchable(other) else None
        borne |= {
            name
            for name, finder in theirs.items()
            if finder.is_in(other)
            or (within and within <= words[name])
            or other.strip().lower() == name.strip().lower()
        }
    return borne


def _words(name: str) -> set[str]:
    return {word.casefold() for word in words_of(name)}


def _names_of_others(person: Person) -> Iterator[str]:
    yield from _others(person).exclude(name="").values_list("name", flat=True).iterator()
    adults = Guardian.objects.exclude(volunteer__person=person)
    adults = adults.exclude(email__in=_confirmed(person))  # that is themselves
    yield from adults.values_list("name", flat=True).iterator()


def _confirmed(person: Person) -> set[str]:
    theirs = EmailAddress.objects.filter(user=person, verified=True)
    return {person.email or "", *theirs.values_list("email", flat=True)}


def _not_of_others(phones: set[str], going: Ids) -> set[str]:
    """Leave out numbers that somebody else gave as theirs too: of a family, or a home."""
    given: set[str] = set()
    for label, columns in registered.identifying.items():
        model = apps.get_model(label)
        if column := columns.get("phone"):
            rows = model._base_manager.exclude(pk__in=going.get(model, ()))
            given.update(rows.exclude(**{column: ""}).values_list(column, flat=True))
    taken = Finder(Marks(phones=frozenset(phones)))
    shared = {other for other in given if taken.is_in(other)}
    return {phone for phone in phones if not _one_of(phone, shared)}


def _one_of(phone: str, others: set[str]) -> bool:
    finder = Finder(Marks(phones=frozenset({phone})))
    return any(finder.is_in(other) for other in others)


def _known(going: Ids) -> dict[str, set[str]]:
    """Read the columns that rooms said to identify a person, of today and of history."""
    known: dict[str, set[str]] = {}
    for label, columns in registered.identifying.items():
        model = apps.get_model(label)
        ids = going.get(model)
        if not ids:
            continue
        tables: list[tuple[Any, str]] = [(model, "pk__in")]
        tables += [(event, "pgh_obj_id__in") for event in event_models(model)]
        for mark, column in columns.items():
            values = known.setdefault(mark, set())
            values.update(_values(tables, column, ids))
    return known


def _values(tables: list[tuple[Any, str]], column: str, ids: set[Any]) -> Iterator[str]:
    for model, lookup in tables:
        if any(field.name == column for field in model._meta.get_fields()):
            rows = model._base_manager.filter(**{lookup: ids})
            yield from filter(None, rows.values_list(column, flat=True).distinct())
