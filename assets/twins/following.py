"""Which row stands for one that a merge took out, because another says the same."""

from typing import Any, Final

from django.db import connection
from django.db.models import Model
from psycopg import sql

from assets.twins.models import Merge

_HOLD: Final = sql.SQL("SELECT 1 FROM {} WHERE {} = %s FOR KEY SHARE")


def hold(model: type[Model], pk: Any) -> Any:
    """Hold a row for one that is about to point at it; return the key of what stands.

    Raises:
        DoesNotExist: neither it nor one that stands for it is held.
    """
    while not _is_held(model, pk):
        pk = stands_for(model, pk)
    return pk


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
    query = _HOLD.format(
        sql.Identifier(model._meta.db_table), sql.Identifier(str(model._meta.pk.column))
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [pk])
        return cursor.fetchone() is not None
