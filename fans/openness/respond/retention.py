"""How long sheets that were begun, marks of devices and codes are kept."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet

from fans.openness.models import Assessment
from fans.openness.respond.models import Draft, RespondCode
from fans.people.privacy.retention import RowsRule, end_of, register


def sheets_forgotten(last: dt.date) -> QuerySet[Draft]:
    """Return sheets that nobody has touched for long."""
    return Draft.objects.filter(touched_at__lt=end_of(last))


def marked_sheets(last: dt.date) -> QuerySet[Assessment]:
    """Return sheets sent long ago that still carry the mark of a device."""
    return Assessment.objects.exclude(device="").filter(submitted_at__lt=end_of(last))


def codes_over(last: dt.date) -> QuerySet[RespondCode]:
    """Return codes of waves that closed long ago."""
    return RespondCode.objects.filter(wave__closes_on__lte=last)


def take_marks_off(sheets: QuerySet[Any]) -> None:
    """Take the marks of devices off; history never held them."""
    sheets.update(device="")


def register_rules() -> None:
    """Add the rules of this part; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="answers_begun",
        label="Answers on openness that somebody began and did not send",
        why="So that they can come back to them while the wave is open.",
        setting="ANSWERS_BEGUN_DAYS",
        done="Deleted; nobody has seen them.",
        rows=sheets_forgotten,
        dated_by="touched_at",
    ),
    RowsRule(
        slug="answer_devices",
        label="Marks that tell which answers on openness came from one device",
        why="They show the home repeats while answers come in.",
        setting="ANSWER_DEVICES_DAYS",
        done="Taken off; the answers stay.",
        rows=marked_sheets,
        dated_by="submitted_at",
        act=take_marks_off,
    ),
    RowsRule(
        slug="answer_codes",
        label="Codes for answering on openness, once their wave is closed",
        why="They show who made and ended them.",
        setting="ANSWER_CODES_MONTHS",
        done="Deleted, with their history; the answers stay.",
        rows=codes_over,
        dated_by="wave__closes_on",
    ),
)
