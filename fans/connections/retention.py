"""How long places that nobody checks, and notes of the log, are kept."""

import datetime as dt
from typing import Any, Final

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from assets.models import Asset, Dataset, FactCheck, Visibility
from assets.twins.models import Merge
from fans.cohorts.models import Enrolment
from fans.connections.models import OVER, Connection, Partnership
from fans.people.models import Membership
from fans.people.privacy.forgetting import forget_history
from fans.people.privacy.links import links_to
from fans.people.privacy.retention import RowsRule, end_of, register


def unchecked_assets(last: dt.date) -> QuerySet[Asset]:
    """Return public places that nobody has checked, changed, brought in anew or tied."""
    end, this = end_of(last), OuterRef("pk")
    checked = FactCheck.objects.filter(asset=this, checked_on__gt=last)
    tied = Partnership.objects.filter(partner__asset=this).exclude(status__in=OVER)
    # What its source still lists, that source vouches for.
    listed = Dataset.objects.filter(source=OuterRef("source"), imported_at__gte=end)
    public = Asset.objects.filter(visibility=Visibility.PUBLISHED)
    return public.filter(
        ~Exists(checked), ~Exists(tied), ~Exists(listed), created_at__lt=end, updated_at__lt=end
    )


def hidden_assets(last: dt.date) -> QuerySet[Asset]:
    """Return places long hidden, on which nothing hangs that has to stay."""
    hidden = Asset.objects.filter(
        visibility=Visibility.HIDDEN, updated_at__lt=end_of(last), created_at__lt=end_of(last)
    )
    # A merged record leads to the one that stands, and tells imports that it is known.
    gone_too = {"merged_into__visibility": Visibility.HIDDEN, "merged_into__merged_into": None}
    hidden = hidden.filter(
        Q(merged_into=None) | Q(**gone_too, merged_into__updated_at__lt=end_of(last))
    )
    for link in links_to(Asset):
        if not link.deleted and link.owned:
            rows = link.model._base_manager.filter(**{link.key: OuterRef("pk")})
            hidden = hidden.filter(~Exists(rows))
    return hidden.filter(~Exists(Membership.objects.filter(asset=OuterRef("pk"))))


def old_merges(last: dt.date) -> QuerySet[Merge]:
    """Return merges that nobody has asked to undo for long, and those undone as long ago."""
    return Merge.objects.filter(at__lt=end_of(last))


def old_notes(last: dt.date) -> QuerySet[Connection]:
    """Return rows with a note, of homes whose last part in a programme is long over."""
    of_home = Enrolment.objects.filter(home=OuterRef("home"))
    going_on = of_home.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last))
    noted = Connection.objects.exclude(note="").filter(~Exists(going_on), Exists(of_home))
    noted = noted.filter(
        Q(until_on__lte=last) | Q(until_on__isnull=True, happened_on__lte=last)
    )
    return noted.annotate(part_ended_on=Max("home__enrolments__ends_on"))


def hide(rows: QuerySet[Any]) -> None:
    """Take places off every page and map; the day of it counts for their deletion."""
    rows.update(visibility=Visibility.HIDDEN, updated_at=timezone.now())


def blank_notes(rows: QuerySet[Any]) -> None:
    """Keep the counts, and no word."""
    ids = set(rows.values_list("pk", flat=True))
    rows.update(note="")
    forget_history({Connection: ids})


def register_rules() -> None:
    """Add the rules of this room; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="unchecked_assets",
        label="Published places without a tie that nobody has checked",
        why="What nobody vouches for is soon wrong.",
        setting="ASSETS_UNCHECKED_MONTHS",
        done="Hidden from pages, map and feeds. A champion can publish them again.",
        rows=unchecked_assets,
        dated_by="updated_at",
        act=hide,
    ),
    RowsRule(
        slug="hidden_assets",
        label="Places that are hidden, and that no home ever had a tie with",
        why="Somebody may want to bring a place back.",
        setting="ASSETS_HIDDEN_MONTHS",
        done="Deleted, with their history.",
        rows=hidden_assets,
        dated_by="updated_at",
    ),
    RowsRule(
        slug="merges",
        label="What it takes to undo a merge of two records of one place",
        why="Somebody may find that they were two places after all.",
        setting="MERGES_MONTHS",
        done="Deleted, with its history: the two stay one; the old address still leads there.",
        rows=old_merges,
        dated_by="at",
    ),
    RowsRule(
        slug="log_notes",
        label="Notes in the log, once a home’s part in the programme is over",
        why="The counts tell the story; a note may name somebody.",
        setting="LOG_NOTES_MONTHS",
        done="The note goes, with its history; the counts stay.",
        rows=old_notes,
        dated_by="part_ended_on",
        act=blank_notes,
    ),
)
