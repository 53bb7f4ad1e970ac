"""Notes who looked at rows about people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from fans.people.audit import doing
from fans.people.audit.models import MOST_IDS, AccessLog
from fans.people.models import Person


def note(request: HttpRequest, rows: "Iterable[Model] | QuerySet[Any]", *, action: str) -> None:
    """Log that whoever is signed in was shown ``rows``; call it before showing them.

    Rows of several models give a line each. A queryset is read once, and keeps what it
    read. Nothing is logged for nobody's eyes, or for no rows.
    """
    by_kind: dict[str, list[Model]] = defaultdict(list)
    for row in rows:
        by_kind[row._meta.label].append(row)
    for kind, of_kind in by_kind.items():
        ids = [int(row.pk) for row in of_kind]
        people = sorted({pk for row in of_kind if (pk := _person_of(row)) is not None})
        write(request, action=action, kind=kind, row_ids=ids, people_ids=people)


def write(
    request: HttpRequest,
    *,
    action: str,
    kind: str,
    row_ids: Sequence[int],
    people_ids: Sequence[int],
) -> None:
    """Log one look; ``people_ids``: whom the rows are about."""
    if not isinstance(request.user, Person):
        return
    match = request.resolver_match
    AccessLog.objects.create(
        person=request.user,
        action=action,
        route=match.view_name if match else "",
        kind=kind,
        rows_count=len(row_ids),
        row_ids=list(row_ids[:MOST_IDS]),
        people_ids=list(people_ids[:MOST_IDS]),
        request_id=doing.current_id(),
    )


def note_shown(
    sender: Any, *, request: HttpRequest, rows: Any, action: str, **kwargs: Any
) -> None:
    """Hear from the room below, which may not call up."""
    note(request, rows, action=action)


def _person_of(row: Model) -> int | None:
    return row.pk if isinstance(row, Person) else getattr(row, "person_id", None)
