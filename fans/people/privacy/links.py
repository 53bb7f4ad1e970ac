"""Walks from a person to every row that points at them, whoever made the table.

Keys with ``related_name="+"`` are walked too: most of those who say who did something.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, DO_NOTHING, SET_NULL, ForeignKey, Model, Q, QuerySet
from pghistory.models import Event

from fans.people.models import Person
from fans.people.privacy.registry import registered

Ids = dict[type[Model], set[Any]]


@dataclass(frozen=True)
class Link:
    """A key of one model to another, and what becomes of its row when that one goes."""

    model: type[Model]
    key: str
    to: type[Model]
    owned: bool
    """Whether the row is about whom it points at; else it says who did something."""
    deleted: bool
    """Whether the row goes too; else it stays, and points at nobody."""

    def rows(self, ids: set[Any]) -> QuerySet[Any]:
        """Return the rows that point at ``ids``."""
        return self.model._base_manager.filter(**{f"{self.key}__in": ids})


def links_to(model: type[Model]) -> list[Link]:
    """Return every key that points at a model, but those of history."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        key: Any = getattr(relation, "field", None)
        if relation.concrete or not relation.auto_created or not isinstance(key, ForeignKey):
            continue
        if issubclass(key.model, Event) or key.remote_field.on_delete is DO_NOTHING:
            continue
        found.append(_link(key, model))
    return sorted(found, key=lambda link: (link.model._meta.label, link.key))


def _link(key: Any, to: type[Model]) -> Link:
    on_delete = key.remote_field.on_delete
    is_made_by = f"{key.model._meta.label}.{key.name}".lower() in registered.made_by
    return Link(
        model=key.model,
        key=key.name,
        to=to,
        owned=on_delete is not SET_NULL and not is_made_by,
        deleted=on_delete is CASCADE,
    )


def owned_rows(person_id: int) -> tuple[list[Link], Ids, Ids]:
    """Follow the keys of a person's own rows, and those of these rows.

    Return the links that were followed; the rows that go with the person, by model; and
    the rows that stay, bare. Rows of the past, which history alone knows, count too.
    """
    followed: list[Link] = []
    going: Ids = {Person: {person_id}}
    staying: Ids = {}
    waiting: list[type[Model]] = [Person]
    while waiting:
        model = waiting.pop()
        for link in links_to(model):
            if not (link.owned or link.deleted):
                continue
            ids = set(link.rows(going[model]).values_list("pk", flat=True))
            ids |= _in_the_past(link, going[model])
            if not ids:
                continue
            kept = going if link.deleted else staying
            if ids - kept.get(link.model, set()):
                kept.setdefault(link.model, set()).update(ids)
                followed.append(link)
                if link.deleted:
                    waiting.append(link.model)
    return followed, going, staying


def makers() -> list[Link]:
    """Return the keys that say who did something, and stay without them."""
    return [link for link in links_to(Person) if not link.owned and not link.deleted]


def event_models(model: type[Model]) -> list[Any]:
    """Return the tables of history that a model has."""
    return [
        each
        for each in apps.get_models(include_auto_created=True)
        if issubclass(each, Event) and each.pgh_tracked_model is model
    ]


def events_about(going: Ids, staying: Ids) -> Iterator[tuple[type[Event], QuerySet[Any]]]:
    """Yield each table of history with its rows about these rows, or that point at them."""
    for model in {**going, **staying}:
        for event in event_models(model):
            about = Q()
            names = {field.name for field in event._meta.get_fields()}
            if "pgh_obj" in names:
                ids = going.get(model, set()) | staying.get(model, set())
                about |= Q(pgh_obj_id__in=ids)
            for owner, ids in going.items():
                for link in links_to(owner):
                    if link.model is model and link.owned and link.key in names:
                        about |= Q(**{f"{link.key}_id__in": ids})
            if about:
                yield event, event._base_manager.filter(about)


def _in_the_past(link: Link, ids: set[Any]) -> set[Any]:
    found: set[Any] = set()
    for event in event_models(link.model):
        names = {field.name for field in event._meta.get_fields()}
        if link.key in names and "pgh_obj" in names:
            rows = event._base_manager.filter(**{f"{link.key}_id__in": ids})
            found.update(rows.values_list("pgh_obj_id", flat=True))
    return found
