"""How long words about ties and links in invitations are kept: steps, days and reasons stay."""

import datetime as dt
from typing import Any, Final

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from fans.cohorts.models import Enrolment
from fans.connections.models import Partnership
from fans.connections.ties.models import Approach, TieEvent, TieLink
from fans.people.privacy.forgetting import forget_history
from fans.people.privacy.retention import RowsRule, end_of, register


def old_words(last: dt.date) -> QuerySet[Partnership]:
    """Return ties with words about them, of homes whose part in a programme is long over."""
    of_home = Enrolment.objects.filter(home=OuterRef("home"))
    going_on = of_home.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last))
    this = OuterRef("pk")
    asked = Approach.objects.filter(partnership=this).exclude(words="", reply="")
    steps = TieEvent.objects.filter(partnership=this).exclude(words="")
    # What was said later than that is as fresh as its day.
    later = TieEvent.objects.filter(partnership=this, at__gte=end_of(last))
    wordy = Partnership.objects.filter(
        Exists(asked) | Exists(steps) | ~Q(declined_words=""),
        ~Exists(later),
        ~Exists(going_on),
        Exists(of_home),
    )
    return wordy.annotate(part_ended_on=Max("home__enrolments__ends_on"))


def blank_words(rows: QuerySet[Partnership]) -> None:
    """Keep who said what when, and no free word."""
    ids = set(rows.values_list("pk", flat=True))
    touched: dict[Any, set[Any]] = {Partnership: ids}
    for model in (Approach, TieEvent):
        of_ties = model._base_manager.filter(partnership__in=ids)
        touched[model] = set(of_ties.values_list("pk", flat=True))
    Approach.objects.filter(partnership__in=ids).update(words="", reply="")
    TieEvent.objects.filter(partnership__in=ids).update(words="")
    rows.update(declined_words="")
    forget_history(touched)


def old_links(last: dt.date) -> QuerySet[TieLink]:
    """Return links that open nothing any more."""
    return TieLink.objects.filter(expires_at__lt=end_of(last))


def register_rules() -> None:
    """Add the rules of this part; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="tie_words",
        label="Words about ties, once a home’s part in the programme is over",
        why="Who said what when tells the story; a free word may name somebody.",
        setting="TIE_WORDS_MONTHS",
        done="The words go, with their history; steps, days and reasons of the list stay.",
        rows=old_words,
        dated_by="part_ended_on",
        act=blank_words,
    ),
    RowsRule(
        slug="tie_links",
        label="Links in invitations, once they open nothing",
        why="They served for one answer.",
        setting="TIE_LINKS_DAYS",
        done="Deleted, with their history. The answer stays.",
        rows=old_links,
        dated_by="expires_at",
    ),
)
