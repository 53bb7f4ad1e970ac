"""The rows behind an indicator: the same ledger as the count, so that they agree."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assets.categories import BY_SLUG
from assets.models import Asset
from fans.connections.models import Connection, Partnership, Tally
from fans.openness.instrument import Window
from fans.openness.ledger import Asked, ask_ledger
from homes.models import HomeAsset

ROWS = """
 SELECT id, is_visit, direction FROM counted JOIN partners USING (nr, partnership_id)
  WHERE in_window ORDER BY day DESC, id DESC
"""
TIES = " SELECT * FROM partners ORDER BY partnership_id"
PLACES = " SELECT asset_id, metres, is_tied FROM places ORDER BY is_tied, metres, asset_id"
OFFERS = " SELECT * FROM offers WHERE is_listed OR is_used ORDER BY offer_id"
TALLIES = " SELECT tally_month FROM framed"


@dataclass(frozen=True)
class Behind:
    """A table of what an indicator counts: headings, and rows of words."""

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]


def behind(indicator: str, asked: Asked, window: Window) -> Behind:
    """Return the rows behind a counted indicator, as the log stands now.

    Raises:
        KeyError: the indicator is answered, not counted.
    """
    return TABLES[indicator](asked, window)


def _happened(wanted: Callable[[Mapping[str, Any]], bool]) -> Callable[[Asked, Window], Behind]:
    def table(asked: Asked, window: Window) -> Behind:
        ids = [row["id"] for row in ask_ledger(ROWS, [asked], window) if wanted(row)]
        found = Connection.objects.select_related("partnership__partner__asset").in_bulk(ids)
        return Behind(
            ("When", "With", "Times", "Whose idea"),
            [
                (
                    _day(found[id].until_on or found[id].happened_on),
                    str(found[id].partnership.partner),
                    str(found[id].occurrences),
                    found[id].get_origin_display() or "not said",
                )
                for id in ids
            ],
        )

    return table


def _ties(
    heading: str,
    say: Callable[[Mapping[str, Any]], str],
    wanted: Callable[[Mapping[str, Any]], bool] = lambda tie: bool(tie["is_active"]),
) -> Callable[[Asked, Window], Behind]:
    def table(asked: Asked, window: Window) -> Behind:
        rows = [tie for tie in ask_ledger(TIES, [asked], window) if wanted(tie)]
        ids = [tie["partnership_id"] for tie in rows]
        found = Partnership.objects.select_related("partner__asset").in_bulk(ids)
        said = [(str(found[tie["partnership_id"]].partner), say(tie)) for tie in rows]
        return Behind(("With", heading), sorted(said))

    return table


def _places(asked: Asked, window: Window) -> Behind:
    rows = ask_ledger(PLACES, [asked], window)
    names = Asset.objects.in_bulk([row["asset_id"] for row in rows])
    return Behind(
        ("Place", "Metres away", "A live tie?"),
        [
            (names[row["asset_id"]].name, f"{row['metres']:.0f}", _yes(row["is_tied"]))
            for row in rows
        ],
    )


def _offers(asked: Asked, window: Window) -> Behind:
    rows = ask_ledger(OFFERS, [asked], window)
    names = HomeAsset.objects.in_bulk([row["offer_id"] for row in rows])
    return Behind(
        ("What we offer", "Used by neighbours?"),
        [(str(names[row["offer_id"]]), _yes(row["is_used"])) for row in rows],
    )


def _tally(asked: Asked, window: Window) -> Behind:
    months = [row["tally_month"] for row in ask_ledger(TALLIES, [asked], window)]
    found = Tally.objects.filter(home=asked.home_id, month__in=months)
    return Behind(
        ("Month", "People living here", "Went out", "Were reached"),
        [
            (
                f"{tally.month:%B %Y}",
                *_said(tally.occupied_beds, tally.residents_out, tally.residents_reached),
            )
            for tally in found
        ],
    )


def _said(*counts: int | None) -> Iterable[str]:
    return ("not said" if count is None else str(count) for count in counts)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "not yet"


def _day(day: dt.date) -> str:
    return f"{day:%-d %B %Y}"


def _kind(tie: Mapping[str, Any]) -> str:
    return BY_SLUG[tie["category"]].label


TABLES: Mapping[str, Callable[[Asked, Window], Behind]] = {
    "A1": _happened(lambda row: bool(row["is_visit"])),
    "A2": _ties("Visits to us", lambda tie: str(tie["visits"])),
    "B1": _happened(lambda row: row["direction"] == "out"),
    "B2": _tally,
    "C1": _ties("Have both sides given?", lambda tie: _yes(tie["is_two_way"])),
    "C2": _offers,
    "D1": _ties("Kind", _kind),
    "D2": _ties("Kind", _kind),
    "D3": _places,
    "E1": _ties(
        "Kept up month after month?",
        lambda tie: _yes(tie["is_sustained"]),
        lambda tie: bool(tie["is_active"] or tie["is_sustained"]),
    ),
    "E2": _ties("Depth, 0 to 4", lambda tie: next(iter(_said(tie["depth"])))),
    "F1": _happened(lambda row: True),
    "F2": _tally,
}
