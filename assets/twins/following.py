"""Which row stands for one that a merge took out, because another says the same."""

from collections.abc import Collection
from typing import Any, Final

from django.db import connection
from django.db.models import Model
from psycopg import sql

from assets.twins.models import Merge

_HOLD: Final = sql.SQL("SELECT {key} FROM {table} WHERE {key} = ANY(%s) FOR KEY SHARE")


def hold(model: type[Model], pk: Any) -> Any:
    """Hold a row for one that is about to point at it; return the key of what stands.

    Raises:
        DoesNotExist: neither it nor one that stands for it is held.
    """
    while not _is_held(model, pk):
        pk = stands_for(model, pk)
    return pk


def hold_all(model: type[Model], pks: Collection[Any]) -> dict[Any, Any]:
    """Hold many rows; return the key of what stands for each. One query where none is gone.

    A key is missing in what is returned where neither it nor one that stands for it is held.
    """
    held = {pk: pk for pk in _held(model, pks)}
    for pk in set(pks) - held.keys():
        try:
            held[pk] = hold(model, pk)
        except model.DoesNotExist:  # type: ignore[attr-defined]
            continue
    return held


def stands_for(model: type[Model], pk: Any) -> Any:
    """Return the key of the row that a merge put in place of one that is held no more.

    Raises:
        DoesNotExist: no merge that stands took it out.
    """
    took_out = {"do": "gone", "model": model._meta.label_lower, "pk": str(pk)}
    merge = Merge.objects.standing().filter(record__steps__contains=[took_out]).first()
    if merge is None:
        raise model.DoesNotExist(f"No {model._meta.verbose_name} {pk}.")  # type: ignore[attr-defined]
    [step] = (s for s in merge.record["steps"] if took_out.items() <= s.items())
    key: Any = model._meta.pk
    return key.to_python(step["into"])


def _is_held(model: type[Model], pk: Any) -> bool:
    return pk in _held(model, [pk])


def _held(model: type[Model], pks: Collection[Any]) -> set[Any]:
    query = _HOLD.format(
        table=sql.Identifier(model._meta.db_table),
        key=sql.Identifier(str(model._meta.pk.column)),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [list(pks)])
        return {row[0] for row in cursor.fetchall()}
