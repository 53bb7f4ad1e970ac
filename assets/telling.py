"""What an asset says, in lines that people read."""

import datetime as dt
from typing import Final

from assets.choices import CostKind, Fact, Wheelchair, YesNo
from assets.constraints import ACCESS
from assets.facts import FIELDS
from assets.hours.now import Closure, Now, soon_closed, standing_at
from assets.hours.words import hours_in_words
from assets.models import Asset

LABELS: Final[dict[Fact, str]] = {
    Fact.PLACE: "Place",
    Fact.HOURS: "Open",
    Fact.PHONE: "Phone",
    Fact.ACCESS: "Getting in",
    Fact.COST: "Cost",
    Fact.CONTACT: "Website",
}
_WHEELCHAIR: Final = {
    Wheelchair.YES: "A wheelchair gets in",
    Wheelchair.LIMITED: "A wheelchair gets in, in part",
    Wheelchair.NO: "A wheelchair does not get in",
}


def lines_of(asset: Asset, fact: Fact) -> list[str]:
    """Return what everybody may read of a fact; nothing where nothing is said."""
    lines = {
        Fact.PLACE: [asset.address, asset.postcode],
        Fact.HOURS: hours_in_words(asset.opening_hours),
        Fact.PHONE: [asset.phone],
        Fact.ACCESS: _access(asset),
        Fact.COST: _cost(asset),
        Fact.CONTACT: [asset.website],
    }[fact]
    return [line for line in lines if line]


def ages_of(asset: Asset) -> str:
    """Say whom it is for: "5 to 11 years", "60 years and over"; "" for everybody."""
    youngest, oldest = asset.age_from, asset.age_to
    if youngest is not None and oldest is not None:
        return f"{youngest} to {oldest} years" if youngest != oldest else f"{youngest} years"
    if youngest is not None:
        return f"{youngest} years and over" if youngest else ""
    return f"Up to {oldest} years" if oldest is not None else ""


def closure_of(asset: Asset) -> Closure:
    """Return when it is closed for now."""
    return Closure(asset.closed_from, asset.closed_until, asset.closed_why)


def now_of(asset: Asset, moment: dt.datetime) -> Now | None:
    """Say how it stands at a moment: open, closed, or None where its hours say nothing."""
    closure = closure_of(asset)
    return standing_at(asset.opening_hours, moment, closure=closure, postcode=asset.postcode)


def soon_closed_of(asset: Asset, today: dt.date) -> str:
    """Say that it is about to close for some time, "" where it is not."""
    return soon_closed(closure_of(asset), today)


def _access(asset: Asset) -> list[str]:
    lines = [_WHEELCHAIR.get(Wheelchair(asset.wheelchair), "")]
    for column in ACCESS:
        label = FIELDS[column].label
        told = getattr(asset, column)
        if told == YesNo.YES:
            lines.append(label)
        elif told == YesNo.NO:
            bare = label.removeprefix("A ")
            lines.append("Nowhere to sit" if column == "seating" else f"No {_small(bare)}")
    return [*lines, asset.access_notes]


def _cost(asset: Asset) -> list[str]:
    kind = CostKind(asset.cost_kind)
    # "Free" twice, or "Costs money" beside a price, tells nothing.
    same = asset.cost.casefold() == kind.label.casefold()
    if kind == CostKind.UNKNOWN or same or (kind == CostKind.PAID and asset.cost):
        return [asset.cost]
    return [kind.label, asset.cost]


def _small(label: str) -> str:
    return label if label.startswith("Blue Badge") else label[:1].lower() + label[1:]
