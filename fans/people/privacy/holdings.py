"""Everything held on a person, group by group: what the pack shows and erasure reaches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from fans.people.privacy.columns import Hit, Table, search, tables
from fans.people.privacy.links import events_about, makers
from fans.people.privacy.registry import Fate, Item, Kind, Relation, registered
from fans.people.privacy.subject import Subject
from fans.people.privacy.values import Shown, shown_fields


@dataclass(frozen=True)
class Group:
    """Rows of one table that have to do with a person in one way."""

    table: str
    kind: Kind
    relation: Relation
    fate: Fate
    count: int
    items: Callable[[], Iterator[Item]]
    columns: tuple[str, ...] = ()
    """For rows that name them: in which columns, by their labels."""
    is_public: bool = False
    """The names of homes and places: taken out only if an administrator says so."""


def holdings(subject: Subject, shown: Shown) -> Iterator[Group]:
    """Yield what is held on a person; every table of the database is looked through."""
    yield from own_rows(subject, shown)
    yield from rows_by_address(subject, shown)
    yield from made_rows(subject, shown)
    yield from history(subject, shown)
    yield from from_sources(subject)
    yield from naming(subject, shown)


def own_rows(subject: Subject, shown: Shown) -> Iterator[Group]:
    """Yield the rows about them."""
    keys = {(link.model, link.key) for link in subject.links}
    for ids, fate in ((subject.going, Fate.DELETED), (subject.staying, Fate.BARE)):
        for model, wanted in ids.items():
            rows = model._base_manager.filter(pk__in=wanted)
            by_them = any(
                of is model and f"{model._meta.label}.{key}".lower() in registered.made_by
                for of, key in keys
            )
            relation = Relation.MADE if by_them else Relation.OWN
            yield from _group(rows, relation, fate, shown)


def rows_by_address(subject: Subject, shown: Shown) -> Iterator[Group]:
    """Yield rows that are theirs by the address in them, where no key says so."""
    for rows in addressed(subject):
        yield from _group(rows, Relation.OWN, Fate.DELETED, shown)


def addressed(subject: Subject) -> Iterator[QuerySet[Any]]:
    """Yield the rows that are theirs by the address in them, of each model that has such."""
    for label, column in registered.addresses.items():
        model = apps.get_model(label)
        rough = model._base_manager.filter(
            **{f"{column}__iregex": subject.finder.rough or "$."}
        )
        theirs = [
            pk
            for pk, text in rough.values_list("pk", column)
            # A mail to several people is the others' too: only the address is taken out.
            if "@" not in subject.finder.clean(text) and subject.finder.is_in(text)
        ]
        owned = subject.going.get(model, set())
        yield model._base_manager.filter(pk__in=set(theirs) - owned)


def made_rows(subject: Subject, shown: Shown) -> Iterator[Group]:
    """Yield rows of others that say that this person made, changed or saw them."""
    for link in makers():
        rows = link.rows({subject.person_id})
        rows = rows.exclude(pk__in=subject.going.get(link.model, set()))
        yield from _group(rows, Relation.MADE, Fate.BARE, shown.as_made_by(link.key))


def history(subject: Subject, shown: Shown) -> Iterator[Group]:
    """Yield how their rows stood before they were changed or deleted."""
    for _, rows in events_about(subject.going, subject.staying):
        yield from _group(rows, Relation.HISTORY, Fate.DELETED, shown)


def from_sources(subject: Subject) -> Iterator[Group]:
    """Yield what rooms say is held outside tables, or packed in them."""
    for source in registered.sources.values():
        items = list(source.items(subject))
        if items:
            found = len(items), _iter(items)
            yield Group(source.name, source.kind, Relation.OWN, source.fate, *found)


def naming(subject: Subject, shown: Shown) -> Iterator[Group]:
    """Yield rows of any table whose texts hold their name, address or number.

    Rows that are theirs anyway are left out. What others wrote is shown only where an
    address that they proved to be theirs stands in it, or to an administrator: anyone
    could take a name, and read what is said of its bearer.
    """
    gone = set(_going_keys(subject))
    for table in tables():
        if table.name in registered.sources:
            continue
        public = public_columns(table)
        for names, is_public in ((public, False), (_all_but(table, public), True)):
            hits = [
                hit
                for hit in search(table.without(names), subject.finder)
                if (table.name, str(hit.key[0])) not in gone
            ]
            if hits:
                yield _named(table, hits, shown, is_public=is_public)


def public_columns(table: Table) -> set[str]:
    """Return the columns of a table in which homes and places have their own names."""
    return registered.public.get(registered.label_of(table.name).lower(), set())


def _all_but(table: Table, names: set[str]) -> set[str]:
    return {column.name for column in table.columns} - names


def _named(table: Table, hits: list[Hit], shown: Shown, *, is_public: bool) -> Group:
    model = model_of(table)

    def items() -> Iterator[Item]:
        for hit in hits:
            fields = {
                label_of(model, name): shown.named(table.name, name, value)
                for name, value in hit.values.items()
            }
            yield Item(" ".join(str(part) for part in hit.key), fields)

    words = _words_of(model, table)
    stays = registered.stays.get(registered.label_of(table.name).lower())
    return Group(
        table=table.name,
        kind=Kind(
            f"Names of homes and places with yours in them: {words}"
            if is_public
            else f"Words that name you: {words}",
            "They are part of what somebody else noted",
            stays or "As long as what they stand in",
            "Whoever wrote them",
        ),
        relation=Relation.NAMED,
        fate=Fate.KEPT if stays else Fate.REMOVED,
        count=len(hits),
        items=items,
        columns=tuple(sorted({label_of(model, name) for hit in hits for name in hit.values})),
        is_public=is_public,
    )


def _group(
    rows: QuerySet[Any], relation: Relation, fate: Fate, shown: Shown
) -> Iterator[Group]:
    count = rows.count()
    if not count:
        return
    model = rows.model

    def items() -> Iterator[Item]:
        for row in rows.order_by("pk").iterator(chunk_size=500):
            yield Item(str(row.pk), shown_fields(row, shown))

    yield Group(model._meta.db_table, _kind(model, relation), relation, fate, count, items)


def _kind(model: type[Model], relation: Relation) -> Kind:
    of = getattr(model, "pgh_tracked_model", None) or model
    kind = registered.kinds.get(of._meta.label.lower())
    words = kind.words if kind else str(of._meta.verbose_name_plural).capitalize()
    if relation is Relation.HISTORY:
        return Kind(
            f"{words}: as they stood before",
            "So that it can be seen who changed what, and when",
            "24 months",
            "This site",
        )
    if kind and (relation is Relation.OWN or model in _owned_kinds()):
        return kind
    return Kind(
        f"{words}: that it was you",
        "So that others know whom to ask",
        "As long as what you noted is kept; your name goes with you",
        "This site, when you saved it",
    )


def _owned_kinds() -> set[type[Model]]:
    return {apps.get_model(key.rpartition(".")[0]) for key in registered.made_by}


def _going_keys(subject: Subject) -> Iterator[tuple[str, str]]:
    for model, ids in subject.going.items():
        yield from ((model._meta.db_table, str(pk)) for pk in ids)
    for model, rows in events_about(subject.going, subject.staying):
        for pk in rows.values_list("pk", flat=True):
            yield model._meta.db_table, str(pk)
    for rows in addressed(subject):
        for pk in rows.values_list("pk", flat=True):
            yield rows.model._meta.db_table, str(pk)


def model_of(table: Table) -> type[Model] | None:
    """Return the model whose table it is; None for one that only a library knows."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table.name:
            return model
    return None


def _words_of(model: type[Model] | None, table: Table) -> str:
    if model is None:
        return table.name
    of = getattr(model, "pgh_tracked_model", None) or model
    kind = registered.kinds.get(of._meta.label.lower())
    words = kind.words if kind else str(of._meta.verbose_name_plural)
    return f"{words}, as they stood before" if of is not model else words


def label_of(model: type[Model] | None, column: str) -> str:
    for field in model._meta.fields if model else ():
        if field.column == column:
            return str(field.verbose_name).capitalize()
    return column


def _iter(items: list[Item]) -> Callable[[], Iterator[Item]]:
    return lambda: iter(items)
