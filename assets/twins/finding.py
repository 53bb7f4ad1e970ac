"""Finding the assets that a record may be: while somebody types, and in the night."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assets.models import Asset, AssetQuerySet
from assets.twins.candidates import Candidate, candidates
from assets.twins.signals import Facts, Verdict, reasons
from assets.twins.weights import CONTRARY

MOST: Final = 5

TYPING_FROM: Final = 0.3
"""Somebody who types has said little yet, and sees at a glance what is another place."""


@dataclass(frozen=True)
class Twin:
    """An asset that may be the one a record speaks of, and why."""

    asset: Asset
    verdict: Verdict


def compared(
    records: Mapping[int, Facts], *, but: Mapping[int, int] | None = None
) -> dict[int, list[tuple[Candidate, Verdict]]]:
    """Return, by a record's number, what is worth asking about, the likest first.

    ``but``: the asset, by the record's number, that the record itself is.
    """
    own = but or {}
    found: dict[int, list[tuple[Candidate, Verdict]]] = {}
    for number, candidate in candidates(records):
        if candidate.asset_id != own.get(number):
            verdict = reasons(records[number], candidate.facts)
            found.setdefault(number, []).append((candidate, verdict))
    for some in found.values():
        some.sort(key=lambda one: (-one[1].score, one[0].asset_id))
    return found


def find(
    record: Facts,
    *,
    among: AssetQuerySet,
    most: int = MOST,
    at_least: float = TYPING_FROM,
) -> list[Twin]:
    """Return the assets of ``among`` that a record may be, the likest first.

    ``among``: what the person who asks may see. Two queries, whatever the register holds.
    """
    found = [
        (candidate.asset_id, verdict)
        for candidate, verdict in compared({0: record}).get(0, ())
        if verdict.score >= at_least
    ]
    if not found:
        return []
    held = among.in_bulk([asset_id for asset_id, _ in found])
    return [Twin(held[pk], verdict) for pk, verdict in found if pk in held][:most]


def is_worth_asking(one: Facts, other: Facts, verdict: Verdict) -> bool:
    """Say whether somebody should look at two records.

    A list that numbers two places of one name, and tells them apart by anything in the
    name (what is played there, the branch), has said itself that they are two.
    """
    if not verdict.is_asked:
        return False
    in_one_list = bool(one.listed_in) and one.listed_in == other.listed_in
    codes = {reason.code for reason in verdict.reasons} - {"list"}
    told_apart = one.said.aside != other.said.aside or not codes.isdisjoint(CONTRARY)
    return not (in_one_list and told_apart)
