"""Rows of a file that may be something we have, or an earlier row; and what people said.

A row that somebody has said is one of ours stays that in every later import, and one that
somebody took in all the same is never asked about again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from assets.candidates import Placed
from assets.models import Asset, AssetSource
from assets.twins.blocks import pairs
from assets.twins.candidates import Candidate
from assets.twins.finding import compared, is_worth_asking
from assets.twins.models import RowAnswer, RowSays
from assets.twins.records import facts_of_placed
from assets.twins.signals import Facts, Verdict, reasons
from assets.twins.weights import SAME_FROM
from intake.importers import Staged

NOT_THERE: Final = "what it was said to be is not here any more"

_ASSET: Final = "asset:"
_ROW: Final = "row:"


@dataclass(frozen=True)
class Doubt:
    """Why a row is not taken in without asking; ``match``: what it may be, for the answer."""

    reason: str
    match: str
    # All assets that it looks like.
    asset_ids: tuple[int, ...] = ()


def doubts(
    rows: Sequence[Staged], placed: Mapping[int, Placed], source: AssetSource
) -> dict[int, Doubt]:
    """Return why rows may be something that is here, by their number.

    A few statements, however many rows. Of two rows of the file only the later is in doubt.
    """
    records = {row.number: facts_of_placed(placed[row.number], source) for row in rows}
    keys = {row.number: row.key for row in rows}
    closed = {row.number for row in rows if placed[row.number].candidate.closed}
    apart = _told_apart(source, keys.values())
    found: dict[int, Doubt] = {}
    for number, some in compared(records).items():
        asked = [
            (candidate, verdict)
            for candidate, verdict in some
            if (keys[number], candidate.asset_id) not in apart
            and _is_asked(
                records[number],
                candidate.facts,
                verdict,
                is_closed=number in closed or candidate.is_closed,
            )
        ]
        if asked:
            found[number] = _doubt(asked)
    for later, earlier in pairs(records):
        if later in found or earlier in found:
            continue
        verdict = reasons(records[later], records[earlier])
        one_closed = not closed.isdisjoint((later, earlier))
        if _is_asked(records[later], records[earlier], verdict, is_closed=one_closed):
            words = f"may be row {earlier}, {records[earlier].name}: {verdict.in_words()}"
            found[later] = Doubt(words, f"{_ROW}{keys[earlier]}")
    return found


def _is_asked(row: Facts, other: Facts, verdict: Verdict, *, is_closed: bool) -> bool:
    """Say whether a row waits: of one list only where hardly a doubt is left.

    A list that has a place twice, once as closed, tells where it was before it moved.
    """
    if not is_worth_asking(row, other, verdict):
        return False
    in_one_list = bool(row.listed_in) and row.listed_in == other.listed_in
    return not in_one_list or (verdict.score >= SAME_FROM and not is_closed)


def _doubt(asked: Sequence[tuple[Candidate, Verdict]]) -> Doubt:
    candidate, verdict = asked[0]
    label = AssetSource(candidate.source).label
    words = f"may be {candidate.facts.name} ({label}): {verdict.in_words()}"
    ids = tuple(one.asset_id for one, _ in asked)
    return Doubt(words, f"{_ASSET}{candidate.asset_id}", ids)


def _told_apart(source: AssetSource, refs: Iterable[str]) -> set[tuple[str, int]]:
    answers = RowAnswer.objects.filter(
        source=source, source_ref__in=list(refs), says=RowSays.DISTINCT
    )
    return set(answers.values_list("source_ref", "asset_id"))


def linked(source: AssetSource, refs: Iterable[str]) -> set[str]:
    """Return the rows, by their key, of which somebody has said which asset they are."""
    answers = RowAnswer.objects.filter(
        source=source, source_ref__in=list(refs), says=RowSays.SAME
    )
    return set(answers.values_list("source_ref", flat=True))


def link(rows: Iterable[Staged], source: AssetSource, *, by: Any) -> set[int]:
    """Remember which asset rows are, as somebody said; return the numbers of those found.

    What a row matched may be gone meanwhile: that row is not among them.
    """
    rows = list(rows)
    if not rows:
        return set()
    wanted = {row.number: (row.key, _asset_id(row.same_as, source)) for row in rows}
    ids = {asset_id for _, asset_id in wanted.values() if asset_id}
    here = set(Asset.objects.filter(pk__in=ids).values_list("pk", flat=True))
    said = {n: (ref, pk) for n, (ref, pk) in wanted.items() if pk in here}
    _remember(said.values(), source, RowSays.SAME, by)
    return set(said)


def _asset_id(match: str, source: AssetSource) -> int | None:
    kind, _, which = match.partition(":")
    if f"{kind}:" == _ROW:
        found = Asset.objects.filter(source=source, source_ref=which)
        return found.values_list("pk", flat=True).first()
    return int(which) if f"{kind}:" == _ASSET and which.isdigit() else None


def tell_apart(doubted: Mapping[str, Doubt], source: AssetSource, *, by: Any) -> None:
    """Remember, by a row's key, that it is none of the assets that it looked like."""
    if not doubted:
        return
    said = [(ref, pk) for ref, doubt in doubted.items() for pk in doubt.asset_ids]
    _remember(said, source, RowSays.DISTINCT, by)


def _remember(
    said: Iterable[tuple[str, int]], source: AssetSource, says: RowSays, by: Any
) -> None:
    now = timezone.now()
    answers = [
        RowAnswer(
            source=source,
            source_ref=ref,
            asset_id=pk,
            says=says,
            decided_by=by,
            decided_at=now,
        )
        for ref, pk in said
    ]
    RowAnswer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["source", "source_ref", "asset"],
        update_fields=["says", "decided_by", "decided_at"],
    )
