"""Rows that came after a merge, onto rows that go back: they stay with the record that stood.

A tie that went over whole goes back whole. What was logged with it meanwhile was logged
with the other place: it goes to a tie of that place, made as this one is.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Model

from assets.twins import registry, texts
from assets.twins.moving import name_of, relations_to, rows_of

Record = dict[str, Any]
Columns = Callable[[], dict[str, Any]]


def keys_of(model: type[Model], pks: Iterable[str]) -> list[Any]:
    """Return keys as the model has them; they are kept as text."""
    pk: Any = model._meta.pk
    return [pk.to_python(text) for text in pks]


def part(record: Record) -> None:
    """Give what came since to twins of the rows that have gone back."""
    for model, pk, values in _roots(record):
        _part(record, model, pk, partial(dict, values))


def newcomers(record: Record) -> Counter[str]:
    """Count by model what came since, and would stay."""
    found: Counter[str] = Counter()
    for label, rows in record["had"].items():
        model: Any = apps.get_model(label)
        for pk, had in rows.items():
            for relation in _told(model, had):
                name = relation.related_model._meta.label_lower
                found[name] += len(_new(relation, pk, had))
    return +found


def _roots(record: Record) -> list[tuple[type[Model], str, dict[str, Any]]]:
    """Return the rows that went over whole and are back, with what stood in them between."""
    found: list[tuple[type[Model], str, dict[str, Any]]] = []
    for step in record["steps"]:
        whole = record["had"].get(step["model"], {})
        if step["do"] == "set" and (pks := [pk for pk in step["pks"] if pk in whole]):
            model: Any = apps.get_model(step["model"])
            rows = texts.read(model, keys_of(model, pks), step["was"])
            found += [
                (model, pk, step["now"]) for pk, row in rows.items() if row == step["was"]
            ]
    return found


def _part(record: Record, model: type[Model], pk: str, columns: Columns) -> None:
    """Part one row, then those of its kind below it; a twin is made when first needed."""
    had = record["had"].get(model._meta.label_lower, {}).get(pk)
    if had is None or not model._base_manager.filter(pk=pk).exists():
        return
    made: list[Any] = []

    def twin() -> Any:
        if not made:
            made.append(_twin(model, pk, columns()))
        return made[0]

    for relation in _told(model, had):
        if new := _new(relation, pk, had):
            below: Any = relation.related_model
            below._base_manager.filter(pk__in=new).update(**{relation.field.attname: twin()})
        for child in had[name_of(relation)]:
            columns_below = partial(_pointing_at, relation.field.column, twin)
            _part(record, relation.related_model, child, columns_below)


def _pointing_at(column: str, twin: Callable[[], Any]) -> dict[str, Any]:
    return {column: str(twin())}


def _told(model: type[Model], had: dict[str, list[str]]) -> list[Any]:
    return [relation for relation in relations_to(model) if name_of(relation) in had]


def _new(relation: Any, pk: str, had: dict[str, list[str]]) -> list[Any]:
    known = keys_of(relation.related_model, had[name_of(relation)])
    return list(rows_of(relation, pk).exclude(pk__in=known).values_list("pk", flat=True))


def _twin(model: type[Model], pk: str, columns: dict[str, Any]) -> Any:
    """Add a row like another, but for the columns named; return its key."""
    [key] = keys_of(model, [pk])
    [row] = texts.read(model, [key]).values()
    del row[str(model._meta.pk.column)]
    made = texts.insert(model, {**row, **columns})
    new = registry.rule_of(model).new(model._base_manager.get(pk=key))
    if new:
        model._base_manager.filter(pk=made).update(**new)
    return made
