"""What waits in the demo for whoever keeps the register right: word, doubts, a round."""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from assets.checking.asking import ask_whether_gone
from assets.models import Asset, AssetSource, Visibility
from assets.proposals.models import Proposal
from assets.proposals.services import propose
from assets.rounds.services import plan_round
from assets.twins.sweeping import sweep
from config.demo.ground import Spot
from config.demo.homes import ENROLLED
from config.demo.words import words
from fans.people.models import Person
from fans.people.permissions import reach_of
from homes.models import Home

_MADE_UP: Final = uuid.UUID("1b0d6a52-7b1c-4f0e-9a3e-6d0c54b1f2aa")
_PLAN: Final = "rounds.walk"


def stand_together(assets: Mapping[str, Asset]) -> None:
    """Put one place on the map twice, as two people do who each call it otherwise."""
    for row in words("keeping")["twice"]:
        first, second = assets[row["first"]], assets[row["second"]]
        second.location = Spot.of(first).point(east_m=12, north_m=-9)
        for column in ("address", "postcode", "phone", "website", "location_precision"):
            setattr(second, column, getattr(first, column))
        second.location_source = first.location_source
        for asset in (first, second):
            asset.visibility = Visibility.PUBLISHED
            asset.published_on = first.published_on or second.published_on
            asset.save()


def make_suggestions(
    assets: Mapping[str, Asset], homes: Mapping[str, Home], people: Mapping[str, Person]
) -> list[Proposal]:
    """Let strangers and people of the demo suggest things."""
    found = []
    for row in words("keeping")["suggestions"]:
        values: dict[str, Any] = dict(row.get("values", {}))
        if row["kind"] == "new":
            near = Spot.of(homes[row["near"]])
            values["location"] = near.point(east_m=row["east_m"], north_m=row["north_m"])
        found.append(
            propose(
                kind=row["kind"],
                by=people.get(row.get("by", "")),
                asset=assets.get(row.get("asset", "")),
                values=values,
                note=row.get("note", ""),
                client_uuid=uuid.uuid5(_MADE_UP, row["key"]),
            )
        )
    return found


def suggestions() -> Any:
    """Return what strangers suggested in the demo and no place of it holds."""
    keys = [uuid.uuid5(_MADE_UP, row["key"]) for row in words("keeping")["suggestions"]]
    return Proposal.objects.filter(client_uuid__in=keys)


def make_doubts(
    assets: Mapping[str, Asset], homes: Mapping[str, Home], champion: Person
) -> None:
    """Ask what a source no longer lists, plan a round, and look for places kept twice."""
    gone = [assets[name].pk for name in words("keeping")["no_longer_listed"]]
    ask_whether_gone(gone, source=AssetSource.DEMO, dataset="")
    start = Spot.of(homes[ENROLLED[0]]).point()
    plan_round(by=champion, near=start, reach=reach_of(champion, _PLAN))
    sweep(everything=True).delete()  # the night's own search has yet to come
