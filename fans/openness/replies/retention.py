"""How long the words of replies and of evidence are kept: that there were some stays."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from fans.openness.replies.models import EvidenceLink, Reply
from fans.people.privacy.forgetting import forget_history
from fans.people.privacy.retention import RowsRule, end_of, register


def old_replies(last: dt.date) -> QuerySet[Reply]:
    """Return replies of long ago that still have their words."""
    return Reply.objects.filter(words_gone_on__isnull=True, written_at__lt=end_of(last))


def old_evidence(last: dt.date) -> QuerySet[EvidenceLink]:
    """Return evidence of long ago that still has its words."""
    said = EvidenceLink.objects.exclude(words="")
    return said.filter(words_gone_on__isnull=True, linked_at__lt=end_of(last))


def blank_words(rows: QuerySet[Any]) -> None:
    """Keep that something was said, and no word."""
    ids = set(rows.values_list("pk", flat=True))
    rows.update(words="", words_gone_on=timezone.localdate())
    forget_history({rows.model: ids})


def register_rules() -> None:
    """Add the rules of this part; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="openness_replies",
        label="What homes replied to their picture",
        why="A picture is read with the reply beside it; after years nobody reads either.",
        setting="LOG_NOTES_MONTHS",
        done="The words go, with their history; that the home replied, and when, stays.",
        rows=old_replies,
        dated_by="written_at",
        act=blank_words,
    ),
    RowsRule(
        slug="openness_evidence",
        label="Words of what homes pointed at as evidence",
        why="As long as the reply that they belong to.",
        setting="LOG_NOTES_MONTHS",
        done="The words go, with their history; what was pointed at stays.",
        rows=old_evidence,
        dated_by="linked_at",
        act=blank_words,
    ),
)
