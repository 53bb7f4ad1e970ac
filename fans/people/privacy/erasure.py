"""Takes a person out of everything, or says beforehand what that would do."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pghistory.models import Event

from fans.people.audit.erasing import erasing
from fans.people.errors import LastAdministratorError
from fans.people.models import Membership, Person, Role
from fans.people.privacy import columns
from fans.people.privacy.columns import Table
from fans.people.privacy.errors import (
    AlreadyErasedError,
    AskAnAdministratorError,
    NotErasedError,
)
from fans.people.privacy.holdings import Group, addressed, holdings, naming, public_columns
from fans.people.privacy.links import events_about, makers
from fans.people.privacy.models import Erasure
from fans.people.privacy.registry import Fate, Relation, registered
from fans.people.privacy.subject import Subject, subject_of
from fans.people.privacy.values import shown_to

MOST_NOTES: Final = 100
"""In how many rows of others a name is taken out without an administrator's look: a name
is what somebody says theirs is."""

FEW_NOTES: Final = 10
"""The same, for somebody to whom nobody ever gave a role: nobody but they says who they
are, and "Exercise class" would be a name too."""

_TURN: Final = 0x46614E65
"""One erasure at a time: a number of our own for PostgreSQL's advisory locks."""

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Plan:
    """What an erasure would do, table by table."""

    groups: list[Group]
    unsearched: tuple[str, ...]
    """Names that would not be looked for."""
    places: list[Group]
    """Names of homes and places that hold the person's name."""
    refused: str = ""
    """Why it would not be done; '' where it would."""
    stays: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wish:
    """How an erasure is wanted."""

    by: Person | None = None
    """The administrator who was asked; None where the person does it themselves."""
    words: frozenset[str] = frozenset()
    """What else is theirs, as the administrator knows."""
    places: bool = False
    """Also in names of homes and places."""

    @property
    def reason(self) -> Erasure.Reason:
        """Return who wanted it."""
        return Erasure.Reason.REQUEST if self.by else Erasure.Reason.SELF


def plan(*, person: Person, wish: Wish) -> Plan:
    """Say what an erasure would do; change nothing."""
    subject = _subject(person, wish)
    groups = list(holdings(subject, shown_to(subject, on_request=wish.by is not None)))
    places = [group for group in groups if group.is_public]
    refused = ""
    try:
        _require(person, groups, wish)
    except (LastAdministratorError, AskAnAdministratorError) as error:
        refused = str(error)
    return Plan(
        groups=groups,
        unsearched=subject.unsearched,
        places=places,
        refused=refused,
        stays=sorted({group.kind.words for group in groups if group.fate is Fate.KEPT}),
    )


def erase(*, person_id: int, wish: Wish) -> Erasure:
    """Take a person out of every table, file and queue, all at once or not at all.

    Rows that count stay, and point at nobody.

    Raises:
        AlreadyErasedError: nobody of this id is held.
        LastAdministratorError: nobody could administer the site any more.
        AskAnAdministratorError: their name stands in very many notes of others.
        NotErasedError: something would have been left; nothing was changed.
    """
    with transaction.atomic(), erasing():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        if person is None:
            raise AlreadyErasedError("Nobody of this number is held here any more.")
        subject = _subject(person, wish)
        # Only somebody's own wish is bounded: every look goes through all tables.
        notes = list(naming(subject, shown_to(subject))) if wish.by is None else []
        _require(person, notes, wish)
        counts = _take_out_or_refuse(person, subject, wish)
        _require_nothing_left(subject, wish)
        return Erasure.objects.create(
            erased_id=person_id,
            reason=wish.reason,
            by=None if wish.by is None or wish.by.pk == person_id else wish.by,
            counts=counts,
        )


def _subject(person: Person, wish: Wish) -> Subject:
    return subject_of(person, words=wish.words, shared=wish.by is not None)


def _require(person: Person, groups: list[Group], wish: Wish) -> None:
    _require_another_administrator(person)
    named = [g for g in groups if g.relation is Relation.NAMED and not g.is_public]
    most = MOST_NOTES if person.memberships.exists() else FEW_NOTES
    if wish.by is None and sum(group.count for group in named) > most:
        raise AskAnAdministratorError(
            f"Your name stands in more than {most} notes of others. Please ask an "
            "administrator to erase you: they make sure that all of them mean you."
        )


def _require_another_administrator(person: Person) -> None:
    """Refuse to erase the last who administers the site for good."""
    held = Membership.objects.on(timezone.localdate()).filter(
        role=Role.ADMINISTRATOR, person__is_active=True
    )
    # All their rows are locked, so that two cannot go at once.
    rows = held.order_by("pk")
    if connection.in_atomic_block:
        rows = rows.select_for_update(of=("self",))
    locked = list(rows)
    holds = any(row.person_id == person.pk for row in locked)
    others = any(row.person_id != person.pk and row.until is None for row in locked)
    if holds and not others:
        raise LastAdministratorError(
            "Nobody else administers the site for good. Give somebody this role first."
        )


def _take_out_or_refuse(person: Person, subject: Subject, wish: Wish) -> Counts:
    try:
        return _take_out(person, subject, wish)
    except (DatabaseError, OSError) as error:
        words = "Something could not be taken out, so nothing was changed."
        raise NotErasedError(words) from error


def _take_out(person: Person, subject: Subject, wish: Wish) -> Counts:
    counts: Counts = defaultdict(lambda: defaultdict(int))
    _from_sources(subject, counts, Fate.DELETED)
    for link in makers():
        if blanked := link.rows({subject.person_id}).update(**{link.key: None}):
            counts[link.model._meta.db_table]["blanked"] += blanked
    for model, ids in subject.staying.items():
        bare = model._base_manager.filter(pk__in=ids).count()
        counts[model._meta.db_table]["blanked"] += bare
    for rows in addressed(subject):
        _count_deleted(counts, rows.delete()[1])
    _count_deleted(counts, person.delete()[1])
    for event, rows in events_about(subject.going, subject.staying):
        if deleted := rows._raw_delete(rows.db):
            counts[event._meta.db_table]["deleted"] += deleted
    for table in _tables(wish):
        if cleaned := columns.clean(table, subject.finder):
            counts[table.name]["cleaned"] += cleaned
    # Files last: what is written there is not taken back with the tables.
    _from_sources(subject, counts, Fate.REMOVED)
    return {table: dict(how) for table, how in counts.items()}


def _from_sources(subject: Subject, counts: Counts, fate: Fate) -> None:
    for source in registered.sources.values():
        if source.fate is fate and (taken := source.erase(subject)):
            counts[source.name]["deleted" if fate is Fate.DELETED else "cleaned"] += taken


def _count_deleted(counts: Counts, deleted: dict[str, int]) -> None:
    for label, number in deleted.items():
        if number:
            counts[registered.table_of(label)]["deleted"] += number


def _tables(wish: Wish) -> list[Table]:
    """Return the tables to clean, history last: a row that is cleaned leaves a line there.

    Without those whose words stay, and the names of homes and places, where these do.
    """
    found = [
        table
        for table in columns.tables()
        if registered.label_of(table.name).lower() not in registered.stays
    ]
    if not wish.places:
        found = [table.without(public_columns(table)) for table in found]
    history = {model._meta.db_table for model in apps.get_models() if issubclass(model, Event)}
    return sorted(found, key=lambda table: table.name in history)


def _require_nothing_left(subject: Subject, wish: Wish) -> None:
    """Look once more, through everything."""
    left = {
        table.name
        for table in _tables(wish)
        if next(columns.search(table, subject.finder), None) is not None
    }
    left |= {
        source.name
        for source in registered.sources.values()
        if source.fate is not Fate.KEPT and next(source.items(subject), None) is not None
    }
    left |= {
        link.model._meta.db_table
        for link in makers()
        if link.rows({subject.person_id}).exists()
    }
    if left:
        raise NotErasedError(
            f"Something would be left in {', '.join(sorted(left))}, so nothing was changed."
        )
