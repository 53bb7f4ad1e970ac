"""The rules about talk with places: questions by mail, and claims."""

import datetime as dt
from typing import Final

from django.db.models import QuerySet

from fans.people.partners.models import Claim, Question
from fans.people.privacy.retention import RowsRule, end_of, register


def questions(last: dt.date) -> QuerySet[Question]:
    """Return questions that are over."""
    return Question.objects.filter(ended_at__lt=end_of(last))


def claims(last: dt.date) -> QuerySet[Claim]:
    """Return claims, decided or not: a year is long enough to answer."""
    return Claim.objects.filter(created_at__lt=end_of(last))


def register_rules() -> None:
    """Add the rules of this module; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="place_questions",
        label="Questions mailed to places, and what they answered",
        why="So that no place is asked again too soon, and somebody goes where none answered.",
        setting="PLACE_QUESTIONS_MONTHS",
        done="Deleted, with their history; the checks that came of them stay.",
        rows=questions,
        dated_by="ended_at",
    ),
    RowsRule(
        slug="place_claims",
        label="Claims on places: who asked, and what was decided",
        why="Somebody may ask why an entry is in these hands.",
        setting="PLACE_CLAIMS_MONTHS",
        done="Deleted, with their history, decided or not; roles that came of them stay.",
        rows=claims,
        dated_by="created_at",
    ),
)
