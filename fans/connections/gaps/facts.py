"""What the rule may know of a home, read from its records."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from fans.connections.gaps.coming_back import may_come_back
from fans.connections.gaps.models import Dismissal
from fans.connections.gaps.rule import HomeFacts, WishedTag
from fans.connections.models import OUTSIDE_COMMUNITY, OVER, PartnershipStatus
from fans.connections.ties.models import Kind
from fans.connections.wishes.models import Wish
from fans.connections.wishes.tags import TAGS, pattern_of
from homes.models import Home, HomeAssetKind

NOT_YET_KNOWN = (PartnershipStatus.IDEA, *OVER)
"""Ties with nobody whom the home has so much as asked."""


def facts_of(home: Home) -> HomeFacts:
    """Return a home's wishes by theme, its partners by kind, and whether it has a minibus.

    Three queries. Of a wish its tags are read, and never its words.
    """
    minibus = home.home_assets.listed().filter(kind=HomeAssetKind.MINIBUS)
    return HomeFacts(wished_of(home), _partners_of(home), minibus.exists())


def wished_of(home: Home) -> tuple[WishedTag, ...]:
    """Return the themes of a home's open wishes, and how many wishes name each."""
    tags = Wish.objects.open().of_home(home).values_list("tags", flat=True)
    counts = Counter(slug for slugs in tags for slug in set(slugs) if slug in TAGS)
    return tuple(wished_tag(slug, count) for slug, count in sorted(counts.items()))


def wished_tag(slug: str, wishes: int) -> WishedTag:
    """Return a theme as the rule takes it."""
    tag = TAGS[slug]
    categories = frozenset(tag.categories)
    return WishedTag(slug, tag.label, wishes, categories, pattern_of(tag), tag.tells_of)


def _partners_of(home: Home) -> dict[str, int]:
    ties = home.partnerships.exclude(status__in=NOT_YET_KNOWN)
    ties = ties.exclude(partner__kind__in=OUTSIDE_COMMUNITY)
    kinds = ties.values_list("partner__asset__category", "partner__own_category")
    return Counter(of_asset or own for of_asset, own in kinds)


def left_out(home: Home, today: dt.date) -> set[int]:
    """Return the places not suggested to a home: tied to, or said no to. Two queries."""
    noes = Dismissal.objects.of_home(home).holding(today).values_list("asset_id", flat=True)
    return set(noes) | {tie["partner__asset"] for tie in _ties(home) if not _back(tie, today)}


def _ties(home: Home) -> Any:
    over = Q(events__kind__in=(Kind.DECLINED, Kind.ENDED), events__undone_at__isnull=True)
    ties = home.partnerships.filter(partner__asset__isnull=False).order_by()
    told = ties.values("partner__asset", "status", "declined_reason")
    return told.annotate(over_at=Max("events__at", filter=over))


def _back(tie: dict[str, Any], today: dt.date) -> bool:
    if tie["status"] not in OVER:
        return False
    since = timezone.localdate(tie["over_at"]) if tie["over_at"] else None
    return may_come_back(tie["status"], tie["declined_reason"], since, today=today)
