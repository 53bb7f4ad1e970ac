"""The evidence rules, read again one sentence at a time in plain Python.

Slow and straightforward on purpose, and independent of the statement that the site
runs: a test holds the two against each other on random logs.
"""

import datetime as dt
from collections import Counter, defaultdict

from assets import categories
from fans.connections.models import Connection, Tally
from homes.models import HomeAsset, Registration

DAY = dt.timedelta(days=1)


def day_of(row):
    return row.until_on or row.happened_on


def whole_months(start, end):
    months = 0
    while True:
        year, month = divmod(start.month - 1 + months + 1, 12)
        try:
            reached = dt.date(start.year + year, month + 1, start.day) <= end
        except ValueError:  # the month is too short: only its successor's first day reaches it
            reached = dt.date(start.year + year, month + 2, 1) <= end
        if not reached:
            return months
        months += 1


def read_log(home, as_of, *, starts_on=None, is_wave_0=False, today=None):
    rows = [
        row
        for row in Connection.objects.filter(home=home).select_related("partnership__partner")
        if row.undone_at is None and day_of(row) <= as_of
    ]
    logged = [row for row in rows if row.source in ("log", "import")]
    first = min((day_of(row) for row in logged), default=None)
    start = starts_on or first

    last_28 = [as_of - n * DAY for n in range(28)]
    days_in = Counter(day.replace(day=1) for day in last_28)
    month = max(days_in, key=lambda m: (days_in[m], m))
    tallies = {t.month: t for t in Tally.objects.filter(home=home)}
    tally = tallies.get(month)
    beds = tally.occupied_beds if tally else None
    for earlier in sorted(tallies, reverse=True):
        if beds is None and earlier < month:
            beds = tallies[earlier].occupied_beds
    if beds is None:
        register = [
            r.beds
            for r in Registration.objects.filter(home=home)
            if r.until is None and r.beds is not None
        ]
        beds = sum(register) if register else None

    small = beds is not None and 1 <= beds <= 19
    window = {as_of - n * DAY for n in range(56 if small else 28)}
    with_log = {row.partnership_id for row in logged if day_of(row) in window}
    recall = [
        row
        for row in rows
        if row.source == "recall" and is_wave_0 and row.partnership_id not in with_log
    ]
    counted = logged + recall

    community = [
        row for row in counted if row.partnership.partner.kind not in ("family", "professional")
    ]
    inside = [row for row in community if day_of(row) in window]
    halve = 2 if small else 1
    by_tie = defaultdict(list)
    for row in community:
        by_tie[row.partnership].append(row)
    active = [tie for tie, its in by_tie.items() if any(day_of(row) in window for row in its)]
    months = None if start is None else (whole_months(start, as_of) if start <= as_of else 0)

    def is_sustained(its):
        blocks = {(as_of - day_of(row)).days // 28 for row in its}
        if months < 4:
            return {0, 1} <= blocks and any(block > 1 for block in blocks)
        return len(blocks & {0, 1, 2, 3}) >= 3

    tied_assets = {tie.partner.asset_id for tie in active if tie.partner.asset_id}
    reach = {r.asset_id: r.since for r in home.reach.all()}
    then = {asset for asset, since in reach.items() if starts_on is None or since <= starts_on}
    later = (set(reach) - then) & tied_assets

    offers = list(HomeAsset.objects.filter(home=home))
    on = starts_on or today

    def is_listed(offer, day):
        return offer.listed_on <= day and not (
            offer.withdrawn_on is not None and offer.withdrawn_on <= day
        )

    named = {word for row in inside for word in row.home_gives}
    used = [o for o in offers if f"asset:{o.pk}" in named]
    listed = len([o for o in offers if is_listed(o, on)])
    if starts_on is None:
        used = [o for o in used if o.withdrawn_on is None or o.withdrawn_on > today]
        listed = min(listed, 8)
    elif listed or used:
        listed = min(max(listed, 4), 8)

    return {
        "beds": beds,
        "months": months,
        "recall": bool(recall),
        "weeks": sum(
            first is not None and as_of - dt.timedelta(days=7 * n + 6) >= first
            for n in range(4)
        ),
        "residents_out": tally.residents_out if tally else None,
        "residents_reached": tally.residents_reached if tally else None,
        "visits_in": sum(r.occurrences for r in inside if r.direction == "in" and not r.paid)
        / halve,
        "trips_out": sum(r.occurrences for r in inside if r.direction == "out") / halve,
        "occurrences": sum(r.occurrences for r in inside),
        "with_origin": sum(r.occurrences for r in inside if r.origin),
        "from_residents": sum(r.occurrences for r in inside if r.origin == "resident"),
        "by_category": dict(
            Counter(
                tie.partner.asset.category if tie.partner.asset else tie.partner.own_category
                for tie in active
            )
        ),
        "familiar": sum(
            sum(
                r.occurrences
                for r in by_tie[tie]
                if day_of(r) in window and r.direction == "in" and not r.paid
            )
            >= 2
            for tie in active
        ),
        "two_way": sum(
            any(r.home_gives for r in by_tie[tie]) and any(r.partner_gives for r in by_tie[tie])
            for tie in active
        ),
        "sustained": sum(is_sustained(its) for its in by_tie.values()),
        "depths": sorted(tie.depth for tie in active if tie.depth is not None),
        "reachable": len(then) + len(later),
        "reachable_tied": len(then & tied_assets) + len(later),
        "listed": listed,
        "used": min(len(used), listed),
    }


def as_read(evidence):
    """Bring an evidence into the shape of ``read_log``."""
    seen = evidence.observed
    return {
        "beds": evidence.occupied_beds,
        "months": evidence.months_since_start,
        "recall": evidence.provenance.recall,
        "weeks": evidence.provenance.weeks_logged,
        "residents_out": seen.residents_out,
        "residents_reached": seen.residents_reached,
        "visits_in": seen.visits_in,
        "trips_out": seen.trips_out,
        "occurrences": seen.occurrences,
        "with_origin": seen.occurrences_with_origin,
        "from_residents": seen.occurrences_from_residents,
        "by_category": seen.active_partners_by_category,
        "familiar": seen.familiar_partners,
        "two_way": seen.two_way_partners,
        "sustained": seen.sustained_partners,
        "depths": sorted(seen.partnership_depths),
        "reachable": seen.reachable_assets,
        "reachable_tied": seen.reachable_assets_with_tie,
        "listed": seen.home_assets_listed,
        "used": seen.home_assets_used,
    }


REACHABLE = [slug for slug in categories.SLUGS if slug not in categories.UNREACHABLE]
