"""Takes the country away, with everything that was entered in it; nothing else is touched."""

from collections.abc import Iterator
from typing import Any, Final

import pgtrigger
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, OuterRef, QuerySet

from assets.models import Asset, AssetSource, FactCheck
from config.country.bare import bare
from config.country.unrecorded import unrecorded
from config.demo.programme import PROGRAMME
from config.made_up import COUNTRY_COHORT, COUNTRY_NUMBER, COUNTRY_REF
from fans.cohorts.models import Cohort, Programme
from fans.connections.models import Connection, Partner, Partnership
from fans.openness.models import SCORE_FROZEN
from homes.models import Home, Registration

_LARGE: Final = (Home, Registration, Asset, FactCheck, Partner, Partnership, Connection)


def country_homes() -> QuerySet[Home]:
    """Return the country's homes, not the demo's."""
    return Home.objects.filter(
        is_demo=True, registrations__regulator_id__startswith=COUNTRY_NUMBER
    )


def country_assets() -> QuerySet[Asset]:
    """Return the country's assets, not the demo's."""
    return Asset.objects.filter(source=AssetSource.DEMO, source_ref__startswith=COUNTRY_REF)


@transaction.atomic
def remove() -> int:
    """Delete the country, set by set; return how many rows that were."""
    roots: list[tuple[type[models.Model], QuerySet[Any]]] = [
        (Cohort, Cohort.objects.filter(is_demo=True, name__startswith=COUNTRY_COHORT)),
        (Home, country_homes()),
        (Asset, country_assets()),
        (Partner, _partners_of_its_own()),
    ]
    with connection.cursor() as cursor:
        # Found while everything still stands; deleted one set after the other.
        for model, rows in roots:
            _note_ids(cursor, model, rows)
        with (
            unrecorded(cursor, *_LARGE),
            bare(cursor, *_LARGE, inbound=True),
            pgtrigger.ignore(f"openness.Score:{SCORE_FROZEN}"),
        ):
            removed = sum(_delete(cursor, model, _is_noted(model), ()) for model, _ in roots)
        for model, _ in roots:
            cursor.execute(f"DROP TABLE {_noted(model)}")
    programmes = Programme.objects.filter(name=PROGRAMME, cohorts__isnull=True)
    return removed + programmes.delete()[0]


def _partners_of_its_own() -> QuerySet[Partner]:
    """Return partners not on the map that only the country's homes have ties with."""
    ties = Partnership.objects.filter(partner=OuterRef("pk"))
    inside = ties.filter(home__in=country_homes())
    outside = ties.exclude(home__in=country_homes())
    return Partner.objects.filter(Exists(inside), ~Exists(outside), asset__isnull=True)


def _noted(model: type[models.Model]) -> str:
    return f"country_{model._meta.model_name}"


def _is_noted(model: type[models.Model]) -> str:
    return f'"id" IN (SELECT id FROM {_noted(model)})'  # noqa: S608 - names of our own


def _note_ids(cursor: CursorWrapper, model: type[models.Model], rows: QuerySet[Any]) -> None:
    statement, values = rows.values("pk").query.sql_with_params()
    cursor.execute(f"CREATE TEMPORARY TABLE {_noted(model)} (id bigint)")
    cursor.execute(f"INSERT INTO {_noted(model)} {statement}", values)
    cursor.execute(f"ANALYZE {_noted(model)}")


def _delete(
    cursor: CursorWrapper,
    model: type[models.Model],
    where: str,
    above: tuple[type[models.Model], ...],
) -> int:
    """Delete rows, and before them what points at them, room by room."""
    table, removed = model._meta.db_table, 0
    gone = f'SELECT "id" FROM "{table}" WHERE {where}'  # noqa: S608 - names of our own
    for child, column, keeps_row in _pointing_at(model):
        points = f'"{column}" IN ({gone})'
        if keeps_row:
            cursor.execute(
                f'UPDATE "{child._meta.db_table}" SET "{column}" = NULL WHERE {points}'  # noqa: S608
            )
        elif child not in above:
            removed += _delete(cursor, child, points, (*above, model))
    cursor.execute(f'DELETE FROM "{table}" WHERE {where}')  # noqa: S608
    return removed + int(cursor.rowcount)


def _pointing_at(
    model: type[models.Model],
) -> Iterator[tuple[type[models.Model], str, bool]]:
    """Yield (model, column, whether its row stays) of every key that points here."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and not relation.many_to_many:
            field = relation.field
            # What was recorded of a row stands when the row goes.
            recorded = relation.on_delete is models.DO_NOTHING
            if isinstance(field, models.ForeignKey) and not recorded:
                keeps_row = relation.on_delete is models.SET_NULL
                yield relation.related_model, field.column, keeps_row
