"""How long the words of wishes and thank-yous are kept: counts, tags and days stay."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from fans.connections.wishes.models import LetGoWhy, Thanks, Wish, WishStatus
from fans.people.privacy.forgetting import forget_history
from fans.people.privacy.retention import RowsRule, end_of, register


def old_wishes(last: dt.date) -> QuerySet[Wish]:
    """Return wishes with words that came true or were let go long ago."""
    over = Wish.objects.exclude(status=WishStatus.OPEN).filter(words_gone_on__isnull=True)
    dated: QuerySet[Any] = over.annotate(was_over_on=Coalesce("granted_on", "let_go_on"))
    return dated.filter(was_over_on__lte=last)


def forgotten_wishes(last: dt.date) -> QuerySet[Wish]:
    """Return wishes that have waited for years."""
    return Wish.objects.open().filter(taken_on__lte=last)


def old_thanks(last: dt.date) -> QuerySet[Thanks]:
    """Return thank-yous written long ago, handed over or not."""
    return Thanks.objects.filter(words_gone_on__isnull=True, written_at__lt=end_of(last))


def blank_words(rows: QuerySet[Any]) -> None:
    """Keep that there was one, and no word."""
    ids = set(rows.values_list("pk", flat=True))
    rows.update(text="", words_gone_on=timezone.localdate())
    forget_history({rows.model: ids})


def let_go_and_blank(rows: QuerySet[Wish]) -> None:
    """Take wishes off the line that nobody remembers."""
    ids = set(rows.values_list("pk", flat=True))
    today = timezone.localdate()
    over = {"status": WishStatus.LET_GO, "let_go_on": today, "let_go_why": LetGoWhy.NO_LONGER}
    rows.update(text="", words_gone_on=today, **over)
    forget_history({Wish: ids})


def register_rules() -> None:
    """Add the rules of this part; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="wish_words",
        label="Words of wishes that came true or were let go",
        why="The counts tell the story; a rare wish may tell whose it was.",
        setting="WISH_WORDS_MONTHS",
        done="The words go, with their history; tags, days and what granted it stay.",
        rows=old_wishes,
        dated_by="was_over_on",
        act=blank_words,
    ),
    RowsRule(
        slug="wishes_waiting",
        label="Wishes that still wait",
        why="After years whoever wished may not be here.",
        setting="WISHES_WAITING_MONTHS",
        done="Let go, and the words go with their history; tags and days stay.",
        rows=forgotten_wishes,
        dated_by="taken_on",
        act=let_go_and_blank,
    ),
    RowsRule(
        slug="thanks_words",
        label="Words of thank-yous to partners",
        why="The card is with whom it was for.",
        setting="WISH_WORDS_MONTHS",
        done="The words go, with their history; that somebody was thanked stays.",
        rows=old_thanks,
        dated_by="written_at",
        act=blank_words,
    ),
)
