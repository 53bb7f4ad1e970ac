"""How each fact of an asset stands today: said or not, checked when, and still as checked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from assets.checking.ages import since_words, span_words
from assets.checking.intervals import interval_of
from assets.checking.renewing import LATEST
from assets.checking.states import state_of
from assets.choices import CheckMethod, CheckState, Fact
from assets.facts import says
from assets.models import Asset, FactCheck


@dataclass(frozen=True)
class Standing:
    """One fact of one asset on a day."""

    fact: Fact
    said: bool  # the asset tells something of it
    check: FactCheck | None  # the latest one
    changed_since: bool  # it was of other values than the asset tells now
    state: CheckState
    today: dt.date

    def words(self, *, by: str = "") -> str:
        """Say it to a person: "Checked 3 weeks ago by a champion, on a visit".

        ``by``: what whoever checked is, such as "a champion"; never a name.
        """
        if self.check is None:
            return "Nobody has checked this yet"
        day = self.check.checked_on
        when = since_words(day, self.today)
        if self.changed_since:
            return f"Changed since somebody checked it {when}"
        how = how_in_words(self.check)
        when = f"{when} by {by}" if by else when
        if self.state == CheckState.FRESH:
            return f"Checked {when}, {how}"
        if self.state == CheckState.DUE:
            return f"Checked {when}, {how}: time to look again"
        return f"Not checked for {span_words(day, self.today)}: it may be wrong by now"


def how_in_words(check: FactCheck) -> str:
    """Say how somebody checked; who never stands there."""
    if check.how == CheckMethod.MAIL and check.by_id is None:
        return "by the place itself"
    return str(CheckMethod(check.how).label)


def standings_of(assets: Iterable[Asset], today: dt.date) -> dict[int, dict[Fact, Standing]]:
    """Return, by asset and fact, how everything stands; one query for all assets."""
    by_pk = {asset.pk: asset for asset in assets}
    if not by_pk:
        return {}
    latest: dict[tuple[int, str], Any] = {
        (check.asset_id, check.fact): check
        for check in FactCheck.objects.raw(
            LATEST.format(which="c.asset_id = ANY(%s)"), [list(by_pk)]
        )
    }
    return {
        pk: {fact: _standing(asset, fact, latest.get((pk, fact)), today) for fact in Fact}
        for pk, asset in by_pk.items()
    }


def standing_of(asset: Asset, today: dt.date) -> dict[Fact, Standing]:
    """Return how each fact of an asset stands; one query."""
    return standings_of([asset], today)[asset.pk]


def states_of(asset: Asset, today: dt.date) -> dict[Fact, CheckState]:
    """Return the state of every fact that the asset says; one query."""
    found = standing_of(asset, today).items()
    return {fact: standing.state for fact, standing in found if standing.said}


def due_facts(asset: Asset, today: dt.date) -> list[Fact]:
    """Return the facts said that somebody should look at: due or stale; one query."""
    found = states_of(asset, today).items()
    return [fact for fact, state in found if state != CheckState.FRESH]


def _standing(asset: Asset, fact: Fact, check: Any, today: dt.date) -> Standing:
    counts = check is not None and check.counts
    day = check.checked_on if counts else None
    state = state_of(interval_of(fact, asset.category), day, today)
    return Standing(
        fact,
        said=says(asset, fact),
        check=cast(FactCheck | None, check),
        changed_since=check is not None and not counts,
        state=state,
        today=today,
    )
