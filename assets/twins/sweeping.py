"""Looking through the register for records that are one place, batch by batch.

Cut short, a search goes on after the last batch that it finished.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from assets.models import Asset, OpenState, Visibility
from assets.twins.finding import compared, is_worth_asking
from assets.twins.models import Pair, PairState, RowAnswer, RowSays, Sweep
from assets.twins.records import COLUMNS, facts_of_asset, facts_of_columns
from assets.twins.signals import Facts, Verdict, reasons

AT_ONCE: Final = 2_000

LOOK_BACK: Final = dt.timedelta(days=1)
"""Before the last search began: what was saved by then may have come to light later."""

KEPT_FOR: Final = dt.timedelta(days=90)

_NEXT: Final = f"""
SELECT id, {COLUMNS.format("")} FROM assets_asset
 WHERE id > %(after)s AND merged_into_id IS NULL
   AND visibility <> 'hidden' AND state = 'open'
   AND (%(since)s::timestamptz IS NULL OR updated_at >= %(since)s)
 ORDER BY id LIMIT %(most)s
"""  # noqa: S608 - columns of ours

Found = dict[tuple[int, int], Verdict]
"""Verdicts by the ids of both, the lower first."""


def sweep(
    *, everything: bool = False, say: Callable[[Sweep], object] = lambda _: None
) -> Sweep:
    """Find pairs among all assets, or those saved since the last search; keep them.

    One that was begun and not finished goes on. ``say`` is told of every batch.
    """
    row = _begun(everything)
    while row.finished_at is None:
        with transaction.atomic():
            row = Sweep.objects.select_for_update().get(pk=row.pk)
            if row.finished_at is None:
                _do_batch(row)
        say(row)
    Sweep.objects.filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
    return row


def _begun(everything: bool) -> Sweep:
    unfinished = Sweep.objects.filter(finished_at=None).first()
    if unfinished is not None and (unfinished.changed_since is None or not everything):
        return unfinished
    if unfinished is not None:  # all were asked for, and this one is of some
        unfinished.finished_at = timezone.now()
        unfinished.save(update_fields=["finished_at"])
    last = Sweep.objects.exclude(finished_at=None).first()
    since = None if everything or last is None else last.started_at - LOOK_BACK
    return Sweep.objects.create(changed_since=since, started_at=timezone.now())


def _do_batch(row: Sweep) -> None:
    records, refs = _next(row)
    if not records:
        row.finished_at = timezone.now()
    else:
        found = _without_answered(_found(records), refs)
        row.pairs_found += _keep(found)
        _let_go(records, found)
        row.after_id, row.looked_at = max(records), row.looked_at + len(records)
    row.save()


def _next(row: Sweep) -> tuple[dict[int, Facts], dict[int, tuple[str, str]]]:
    """Return the next records by id, and the (source, key) of each."""
    values = {"after": row.after_id, "since": row.changed_since, "most": AT_ONCE}
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, values)
        rows: list[list[Any]] = [list(each) for each in cursor]
    records = {pk: facts_of_columns(*columns) for pk, *columns in rows}
    return records, {pk: (columns[-3], columns[-2]) for pk, *columns in rows}


def _found(records: dict[int, Facts]) -> Found:
    found: Found = {}
    for pk, some in compared(records, but={pk: pk for pk in records}).items():
        for candidate, verdict in some:
            if is_worth_asking(records[pk], candidate.facts, verdict):
                low, high = sorted((pk, candidate.asset_id))
                found[low, high] = verdict
    others = {pk for pair in found for pk in pair}
    shown = set(
        Asset.objects.filter(pk__in=others, state=OpenState.OPEN, merged_into=None)
        .exclude(visibility=Visibility.HIDDEN)
        .values_list("pk", flat=True)
    )
    return {pair: verdict for pair, verdict in found.items() if shown.issuperset(pair)}


def _without_answered(found: Found, refs: dict[int, tuple[str, str]]) -> Found:
    """Leave out what somebody has told apart while it was still a row of a file."""
    ids = {pk for pair in found for pk in pair}
    missing = ids - refs.keys()
    rows = Asset.objects.filter(pk__in=missing).values_list("pk", "source", "source_ref")
    refs = refs | {pk: (source, ref) for pk, source, ref in rows}
    answers = RowAnswer.objects.filter(asset_id__in=ids, says=RowSays.DISTINCT)
    apart = set(answers.values_list("source", "source_ref", "asset_id"))

    def told_apart(one: int, other: int) -> bool:
        return (*refs[one], other) in apart or (*refs[other], one) in apart

    return {pair: verdict for pair, verdict in found.items() if not told_apart(*pair)}


def _keep(found: Found) -> int:
    """Write pairs, and return how many are new; what people said of them stands."""
    known = Pair.objects.filter(low_id__in={low for low, _ in found})
    before = set(known.values_list("low_id", "high_id"))
    today = timezone.localdate()
    Pair.objects.bulk_create(
        [
            Pair(
                low_id=low,
                high_id=high,
                score=round(verdict.score, 4),
                reasons=[reason.as_json() for reason in verdict.reasons],
                found_on=today,
            )
            for (low, high), verdict in found.items()
        ],
        update_conflicts=True,
        unique_fields=["low", "high"],
        update_fields=["score", "reasons"],
    )
    return len(found.keys() - before)


def _let_go(ids: Iterable[int], found: Found) -> None:
    """Drop pairs that nobody has decided on, and that look alike no more."""
    either = Q(low_id__in=ids) | Q(high_id__in=ids)
    waiting = Pair.objects.filter(either, state=PairState.OPEN).select_related("low", "high")
    gone = [
        pair.pk
        for pair in waiting
        if (pair.low_id, pair.high_id) not in found
        and not reasons(facts_of_asset(pair.low), facts_of_asset(pair.high)).is_asked
    ]
    Pair.objects.filter(pk__in=gone).delete()
