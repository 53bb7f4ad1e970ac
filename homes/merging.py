"""Two records of one house become one: whatever hangs on either hangs on what stays.

Rows of other rooms are found through the database's own relations. Where moving them
would break a constraint, their room says how they combine, in its ``AppConfig.ready``.
"""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import ManyToOneRel, QuerySet
from pghistory.models import Event

from homes.errors import HomesOverlapError
from homes.models import Home

Combine = Callable[[QuerySet[Any], Home], None]

_rules: dict[str, Combine] = {}


def register(label: str, combine: Combine) -> None:
    """Say how rows of the model ``label`` (app.Model) go over to the home that stays."""
    _rules[label] = combine


def drop(rows: QuerySet[Any], kept: Home) -> None:
    """Combine rows that the database keeps by itself: those of ``kept`` stand already."""
    rows.delete()


@transaction.atomic
def merge_homes(*, kept: Home, leaving: Home) -> None:
    """Move all that hangs on ``leaving`` to ``kept``, and delete ``leaving``.

    Raises:
        HomesOverlapError: rows of both homes cannot stand side by side.
    """
    with connection.cursor() as cursor:
        # A tie and its log name the same home, and can't both move first.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        # Hidden relations too (``related_name="+"``), or the deletion would take them along.
        for relation in Home._meta.get_fields(include_hidden=True):
            # The record of changes stays as it was written.
            if isinstance(relation, ManyToOneRel) and not _is_record(relation):
                _move(relation, kept, leaving)
        leaving.delete()
        # What is wrong shall be known here, not at the end of the transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _is_record(relation: ManyToOneRel) -> bool:
    model: Any = relation.related_model
    return issubclass(model, Event)


def _move(relation: ManyToOneRel, kept: Home, leaving: Home) -> None:
    model: Any = relation.related_model
    rows = model._base_manager.filter(**{relation.field.name: leaving})
    combine = _rules.get(model._meta.label)
    if combine is not None:
        combine(rows, kept)
        return
    try:
        with transaction.atomic():
            rows.update(**{relation.field.name: kept})
    except IntegrityError as error:
        raise HomesOverlapError(str(model._meta.verbose_name_plural)) from error
