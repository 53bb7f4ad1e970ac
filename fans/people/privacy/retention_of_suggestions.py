"""The rules about what people suggest for the map."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet

from assets.proposals.models import Proposal, State
from fans.people.privacy.retention import RowsRule, end_of, register


def decided(last: dt.date) -> QuerySet[Proposal]:
    """Return suggestions that somebody has decided about, or taken back."""
    return Proposal.objects.exclude(state=State.WAITING).filter(decided_at__lt=end_of(last))


def addresses(last: dt.date) -> QuerySet[Proposal]:
    """Return suggestions that wait too long for anybody to be written to."""
    waiting = Proposal.objects.filter(contact__isnull=False)
    return waiting.filter(created_at__lt=end_of(last))


def forget_address(rows: QuerySet[Any]) -> None:
    """Take the address out; no history ever held it."""
    rows.update(contact=None)


def register_rules() -> None:
    """Add the rules of this module; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="decided_suggestions",
        label="Suggestions for the map, once somebody has decided",
        why="Whoever sent it may look what became of it, and a champion may undo it.",
        setting="SUGGESTIONS_MONTHS",
        done="Deleted, with their history; what was put on the map stays.",
        rows=decided,
        dated_by="decided_at",
    ),
    RowsRule(
        slug="suggestion_addresses",
        label="Addresses of people without an account, in suggestions that still wait",
        why="They were left for one mail about the outcome; a decision takes them out at once.",
        setting="SUGGESTION_ADDRESSES_MONTHS",
        done="Taken out; the suggestion waits on.",
        rows=addresses,
        dated_by="created_at",
        act=forget_address,
    ),
)
