"""How long a home's words of refusal are kept."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet

from fans.connections.gaps.models import Dismissal
from fans.people.privacy.forgetting import forget_history
from fans.people.privacy.retention import RowsRule, register


def old_words(last: dt.date) -> QuerySet[Dismissal]:
    """Return noes with words, said on ``last`` or before."""
    return Dismissal.objects.exclude(words="").filter(said_on__lte=last)


def blank_words(rows: QuerySet[Any]) -> None:
    """Keep the reason from the list, and no word."""
    ids = set(rows.values_list("pk", flat=True))
    rows.update(words="")
    forget_history({Dismissal: ids})


def register_rules() -> None:
    """Add the rule of this part; again changes nothing."""
    register(_WORDS)


_WORDS: Final = RowsRule(
    slug="suggestion_noes",
    label="What a home wrote when it said no to a suggested place",
    why="The reason from the list keeps the place away; free words may name somebody.",
    setting="SUGGESTION_NOES_MONTHS",
    done="The words go, with their history; the reason stays.",
    rows=old_words,
    dated_by="said_on",
    act=blank_words,
)
