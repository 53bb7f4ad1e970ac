"""Scores homes one by one: rows fetched by the ORM, counted and scored in Python."""

import datetime as dt
import time
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from fans.connections.models import OUTSIDE_COMMUNITY, Connection, Reach, Tally
from fans.openness.evidence import Evidence, Observed
from fans.openness.instrument_file import published
from fans.openness.lived.models import LivedScore
from fans.openness.score import score
from homes.models import Home

V1 = published()["v1"]
WARM_UP = 5


def orm(count: int) -> tuple[list[float], Any]:
    """Score home by home in Python and save each; all must be as the site has them."""
    homes = list(Home.objects.order_by("?")[: count + WARM_UP])
    stored = dict(LivedScore.objects.values_list("home", "lived"))
    times = []
    for number, home in enumerate(homes):
        since = time.perf_counter()
        lived = score(V1, evidence_by_orm(home, timezone.localdate())).lived
        with transaction.atomic():
            figure = None if lived is None else Decimal(str(lived))
            LivedScore.objects.filter(home=home).update(lived=figure)
        if number >= WARM_UP:
            times.append(time.perf_counter() - since)
        if figure != stored[home.pk]:
            raise SystemExit(f"home {home.pk}: {figure} by the ORM, {stored[home.pk]} stored")
    return times, None


def evidence_by_orm(home: Home, day: dt.date) -> Evidence:
    """Count one home's log with six queries and plain Python."""
    enrolment = home.enrolments.filter(starts_on__lte=day).order_by("-starts_on").first()
    starts_on = enrolment.starts_on if enrolment else None
    month = (day - dt.timedelta(days=13)).replace(day=1)
    tallies = {
        tally.month: tally for tally in Tally.objects.filter(home=home, month__lte=month)
    }
    tally = tallies.get(month)
    told = [tallies[m].occupied_beds for m in sorted(tallies, reverse=True)]
    beds = next((n for n in told if n is not None), None)
    if beds is None:
        beds = home.registrations.filter(until=None).aggregate(n=Sum("beds"))["n"]
    since = day - dt.timedelta(days=55 if V1.window.is_small(beds) else 27)
    rows = Connection.objects.standing().filter(home=home).exclude(source="recall").up_to(day)
    by_tie = defaultdict(list)
    for row in rows.select_related("partnership__partner__asset"):
        by_tie[row.partnership].append(row)
    first = min((r.counted_day for its in by_tie.values() for r in its), default=None)
    start = starts_on or first
    community = {
        tie: its for tie, its in by_tie.items() if tie.partner.kind not in OUTSIDE_COMMUNITY
    }
    inside = {
        tie: lately
        for tie, its in community.items()
        if (lately := [row for row in its if row.counted_day >= since])
    }
    recent = [row for its in inside.values() for row in its]
    visits = {
        tie: sum(r.occurrences for r in its if r.direction == "in" and not r.paid)
        for tie, its in inside.items()
    }
    halve = 2 if V1.window.is_small(beds) else 1
    months = None if start is None else _months(start, day)
    reach = dict(Reach.objects.filter(home=home).values_list("asset", "since"))
    tied = {tie.partner.asset_id for tie in inside} & reach.keys()
    then = {a for a, on in reach.items() if starts_on is None or on <= starts_on}
    listed, used = _offers(home, starts_on, day, {g for r in recent for g in r.home_gives})
    return Evidence(
        instrument="v1",
        occupied_beds=beds,
        months_since_start=months,
        observed=Observed(
            visits_in=sum(visits.values()) / halve,
            familiar_partners=sum(n >= 2 for n in visits.values()),
            trips_out=sum(r.occurrences for r in recent if r.direction == "out") / halve,
            residents_out=tally.residents_out if tally else None,
            residents_reached=tally.residents_reached if tally else None,
            active_partners_by_category=Counter(tie.partner.category for tie in inside),
            two_way_partners=sum(
                any(r.home_gives for r in by_tie[tie])
                and any(r.partner_gives for r in by_tie[tie])
                for tie in inside
            ),
            home_assets_listed=listed,
            home_assets_used=min(used, listed),
            reachable_assets=len(then | tied),
            reachable_assets_with_tie=len(tied),
            sustained_partners=sum(_is_kept_up(its, day, months) for its in community.values()),
            occurrences=sum(r.occurrences for r in recent),
            occurrences_with_origin=sum(r.occurrences for r in recent if r.origin),
            occurrences_from_residents=sum(
                r.occurrences for r in recent if r.origin == "resident"
            ),
        ),
    )


def _months(start: dt.date, day: dt.date) -> int:
    months = 12 * (day.year - start.year) + day.month - start.month - (day.day < start.day)
    return max(0, months)


def _offers(
    home: Home, starts_on: dt.date | None, day: dt.date, named: set[str]
) -> tuple[int, int]:
    offers, on = list(home.home_assets.all()), starts_on or day
    listed = sum(
        o.listed_on <= on and (o.withdrawn_on is None or o.withdrawn_on > on) for o in offers
    )
    used = sum(
        f"asset:{o.pk}" in named
        and (starts_on is not None or o.withdrawn_on is None or o.withdrawn_on > day)
        for o in offers
    )
    if starts_on is None:
        return min(listed, 8), used
    return (max(4, min(listed, 8)) if listed or used else 0), used


def _is_kept_up(its: list[Connection], day: dt.date, months: int | None) -> bool:
    blocks = {(day - row.counted_day).days // 28 for row in its}
    if months is not None and months < 4:
        return {0, 1} <= blocks and any(block > 1 for block in blocks)
    return len(blocks & {0, 1, 2, 3}) >= 3
