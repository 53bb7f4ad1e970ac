"""What the record that stays shall say: a choice for each thing on which the two differ."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils import timezone

from assets import categories, facts
from assets.facts import Field, Kind
from assets.models import Asset, Fact, FactCheck, Visibility

Side = Literal["keep", "lose"]
Choices = Mapping[str, Side]

STATE: Final = "state"
"""Open or closed: no fact that somebody checks, and still one of the two has to be chosen."""

# Columns that go along with a field, beyond those that ``assets.facts`` names.
_ALONG: Final = {"location": ("outline",)}
# A visit confirms a place under whatever name and kind it is kept.
_NAMES: Final = frozenset({"name", "category"})
_LONGER_SAYS_MORE: Final = (Kind.LINE, Kind.TEXT)
_NEVER: Final = dt.date.min


@dataclass(frozen=True)
class Difference:
    """One field on which two records differ, and which side seems better."""

    field: str
    label: str
    keep: str  # in words; "" where nothing is said
    lose: str
    suggested: Side
    why: str


def differing(keep: Asset, lose: Asset) -> list[str]:
    """Return the fields on which two records do not say the same."""
    names = [name for name in facts.FIELDS if _value(keep, name) != _value(lose, name)]
    return names + ([STATE] if keep.state != lose.state else [])


def differences(keep: Asset, lose: Asset) -> list[Difference]:
    """Return what the two say otherwise, each with a suggestion: fuller, or checked lately."""
    days = {pk: _last_checks(pk) for pk in (keep.pk, lose.pk)}
    return [_difference(name, keep, lose, days) for name in differing(keep, lose)]


def columns_to_take(keep: Asset, lose: Asset, choices: Choices) -> dict[str, Any]:
    """Return the columns that ``keep`` gets of ``lose``: what was chosen, and what goes along.

    A record that the public sees stays public under the other's name, since the earlier day.
    """
    taken: dict[str, Any] = {}
    for name in differing(keep, lose):
        if choices.get(name, "keep") == "lose":
            for column in (name, *_along(name)):
                taken[column] = getattr(lose, column)
    if "category" in taken:
        taken["abcd_type"] = categories.BY_SLUG[taken["category"]].abcd_type
    if "email" in taken and lose.email_confirmed == lose.email:
        taken["email_confirmed"] = lose.email_confirmed
    return taken | _seen_by(keep, lose)


def checks_that_part(
    keep: Asset, lose: Asset, choices: Choices
) -> tuple[list[FactCheck], list[FactCheck]]:
    """Return the checks of ``lose`` that come along, and those of ``keep`` that leave.

    A check belongs to what it confirmed: it goes where all of that is said. Another's
    telephone number was not checked because ours was.
    """
    come = lose.fact_checks.exclude(fact__in=_given_up("lose", keep, lose, choices))
    leave = keep.fact_checks.filter(fact__in=_given_up("keep", keep, lose, choices))
    return list(come.order_by("pk")), list(leave.order_by("pk"))


def _given_up(side: Side, keep: Asset, lose: Asset, choices: Choices) -> set[Fact]:
    """Return the facts of which one side said something that is not said any more."""
    asset = keep if side == "keep" else lose
    return {
        field.fact
        for name in differing(keep, lose)
        if (field := facts.FIELDS.get(name)) and field.fact and name not in _NAMES
        if field.is_said(field.value_of(asset)) and choices.get(name, "keep") != side
    }


def _value(asset: Asset, name: str) -> Any:
    return asset.state if name == STATE else facts.FIELDS[name].value_of(asset)


def _along(name: str) -> tuple[str, ...]:
    field = facts.FIELDS.get(name)
    return (*(field.along if field else ()), *_ALONG.get(name, ()))


def _seen_by(keep: Asset, lose: Asset) -> dict[str, Any]:
    if Visibility.PUBLISHED not in (keep.visibility, lose.visibility):
        return {}
    public = [
        asset.published_on or timezone.localdate()
        for asset in (keep, lose)
        if asset.visibility == Visibility.PUBLISHED
    ]
    return {"visibility": Visibility.PUBLISHED, "published_on": min(public)}


def _difference(
    name: str, keep: Asset, lose: Asset, days: dict[int, dict[str, dt.date]]
) -> Difference:
    if name == STATE:
        here, there = (str(asset.get_state_display()) for asset in (keep, lose))
        return Difference(name, "Open or closed", here, there, "keep", "")
    field = facts.FIELDS[name]
    mine, other = field.value_of(keep), field.value_of(lose)
    here, there = field.in_words(mine), field.in_words(other)
    if field.kind is Kind.POINT:
        here, there = _point_in_words(keep), _point_in_words(lose)
    side, why = _suggested(field, mine, other, days[keep.pk], days[lose.pk])
    return Difference(name, field.label, here, there, side, why)


def _point_in_words(asset: Asset) -> str:
    """Name a point by whose it is: people see both on the map beside it."""
    if asset.location is None:
        return ""
    return f"the point of {asset.name} ({asset.get_location_precision_display()})"


def _suggested(
    field: Field, mine: Any, other: Any, kept: dict[str, dt.date], lost: dict[str, dt.date]
) -> tuple[Side, str]:
    if field.is_said(mine) != field.is_said(other):
        side: Side = "keep" if field.is_said(mine) else "lose"
        return side, "is the only one that says anything"
    here = kept.get(field.fact, _NEVER) if field.fact else _NEVER
    there = lost.get(field.fact, _NEVER) if field.fact else _NEVER
    if here != there:
        return ("keep" if here > there else "lose"), "was checked more lately"
    longer = field.kind in _LONGER_SAYS_MORE and field.column not in _NAMES
    if longer and len(mine) != len(other):
        return ("keep" if len(mine) > len(other) else "lose"), "says more"
    return "keep", ""


def _last_checks(pk: int) -> dict[str, dt.date]:
    days: dict[str, dt.date] = {}
    for fact, day in FactCheck.objects.filter(asset=pk).values_list("fact", "checked_on"):
        days[fact] = max(day, days.get(fact, _NEVER))
    return days
