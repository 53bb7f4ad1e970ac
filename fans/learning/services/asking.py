"""Who may change a plan, and the rows as they stand now."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model

from fans.connections.errors import PersonNumberError
from fans.connections.services.checks import check_note
from fans.learning.errors import ChangedMeanwhileError, LearningError, PlanIsOverError
from fans.learning.models import Plan
from fans.people.models import Person

KEEP = "plans.keep"
Row = TypeVar("Row", bound=Model)


def require(by: Person, about: object) -> None:
    """Refuse whoever the permission table does not let.

    Raises:
        PermissionDenied: their roles do not reach this home's plans.
    """
    if not by.has_perm(KEEP, about):
        raise PermissionDenied("Your roles do not let you change this home's plans.")


def hold(row: Row) -> Row:
    """Return a row as it stands, locked until the transaction ends."""
    manager: Any = type(row)._base_manager
    held: Row = manager.select_for_update(of=("self",)).get(pk=row.pk)
    return held


def hold_open(plan: Plan) -> Plan:
    """Return a plan that is gone on with, locked: one writer at a time adds to it.

    Raises:
        PlanIsOverError: it is laid by, or was taken out.
    """
    row = hold(plan)
    if row.removed_at is not None:
        raise PlanIsOverError("This plan was taken out. Bring it back first.")
    if row.is_over:
        raise PlanIsOverError("This plan is laid by. Open it again first.")
    return row


def refuse_if_changed(row: Any, version: int) -> None:
    """Refuse to write over what somebody else has written.

    Raises:
        ChangedMeanwhileError: the row is newer than what the writer saw.
    """
    if row.version != version:
        raise ChangedMeanwhileError(row)


def check_words(row: Model, *names: str) -> None:
    """Refuse a person's number in any of these columns.

    Raises:
        LearningError: naming the column.
    """
    for name in names:
        try:
            check_note(getattr(row, name))
        except PersonNumberError as error:
            raise LearningError(
                "This holds what looks like an NHS number. A plan never tells who is who.",
                field=name,
            ) from error


def tidied(text: str) -> str:
    """Put one space where there were several, and keep the lines."""
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def sent_before(model: type[Model], client_uuid: Any) -> Any:
    """Return the row that this very form made before; None for a new one."""
    if client_uuid is None:
        return None
    return model._base_manager.filter(client_uuid=client_uuid).first()
