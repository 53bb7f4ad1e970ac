"""What a champion looks at to decide: the facts three ways, the points, what is alike."""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.contrib.gis.geos import Point
from django.forms import BoundField

from assets.duplicates import Alike, alike
from assets.facts import FIELDS
from assets.forms import EditForm
from assets.models import Asset, AssetQuerySet, CheckMethod, Fact, Visibility
from assets.placing import PlaceError, Placing, read_placing
from assets.proposals.forms import Facts
from assets.proposals.models import Kind, Proposal
from assets.proposals.rough import SOURCE as ROUGH
from assets.proposals.values import LOCATION, Row, proposed, read, rows, stands
from geo.geocoding import distances_m
from intake.guarded import GuardedText

_COMPASS: Final = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)
_TOLD_APART: Final = ("name", "category", "postcode", "address", "phone", "website")
"""What else than the point tells one place from another."""

REASONS: Final = {
    "twice": "It is on the map already.",
    "not_found": "We looked, and could not find it there.",
    "as_it_is": "We checked lately, and what is on the map is right.",
    "private": "It is somebody’s home, or private. The map is for places and groups.",
    "not_for": "It is not something that people in care homes could meet or visit.",
    "unclear": "We could not make out what is meant. Please tell us more.",
}


@dataclass(frozen=True)
class Move:
    """From where to where a place is said to have moved."""

    start: Point | None
    end: Point

    @property
    def words(self) -> str:
        """Say how far, and which way."""
        if self.start is None:
            return "It had no place on the map until now."
        (metres,) = distances_m([(self.start, self.end)])
        if metres < 1:
            return "The point stays where it is."
        far = f"{metres:.0f} m" if metres < 1_000 else f"{metres / 1_000:.1f} km"
        return f"The suggested point is {far} to the {compass(self.start, self.end)}."


def compass(start: Point, end: Point) -> str:
    """Return which way one point lies from another, in eight directions."""
    east = (end.x - start.x) * math.cos(math.radians(start.y))
    degrees = math.degrees(math.atan2(east, end.y - start.y)) % 360
    return _COMPASS[round(degrees / 45) % 8]


def move_of(proposal: Proposal) -> Move | None:
    """Return how a place is said to have moved; None where it has not."""
    if proposal.kind != Kind.CHANGE or proposal.location is None or proposal.asset is None:
        return None
    return Move(proposal.asset.location, proposal.location)


def look_alikes(proposal: Proposal, *, visible: AssetQuerySet) -> list[Alike]:
    """Return what was ever on the map, or waits, and may be the new place.

    ``visible``: what whoever decides may see; a draft of another area is not among it.
    """
    if proposal.kind != Kind.NEW:
        return []
    asset = proposal.asset
    facts = read(proposal.values) if asset is None else dict(read(stands(asset, _TOLD_APART)))
    rough = proposal.location_source == ROUGH
    point = asset.location if asset else None if rough else proposal.location
    among = visible | Asset.objects.filter(visibility=Visibility.PUBLISHED)
    if asset is not None:
        among = among.exclude(pk=asset.pk)
    return alike_to({**facts, LOCATION: point}, among=among)


def alike_to(facts: Mapping[str, Any], *, among: AssetQuerySet) -> list[Alike]:
    """Return the assets that may be the place of which these facts are said."""
    texts: dict[str, Any] = {name: facts.get(name) or "" for name in _TOLD_APART}
    return alike(point=facts.get(LOCATION), among=among, **texts)


class Checked(forms.Form):
    """What whoever decides has checked themselves: nothing, unless they say so."""

    checked = forms.MultipleChoiceField(
        label="I checked this myself",
        choices=Fact.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only then does its check date change.",
        error_messages={"invalid_choice": "Choose from the list."},
    )
    how = forms.ChoiceField(
        label="How?",
        choices=[("", "Choose how"), *CheckMethod.choices],
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )

    def clean(self) -> dict[str, Any]:
        """Ask how somebody checked who says that they did."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("checked") and not data.get("how"):
            self.add_error("how", "Say how you checked.")
        return data

    def checks(self) -> dict[str, Any]:
        """Return what was checked, as ``approve`` takes it."""
        how = self.cleaned_data["how"]
        return {
            "checked": [Fact(fact) for fact in self.cleaned_data["checked"]],
            "how": CheckMethod(how) if how else None,
        }


class NewReview(Checked, Facts):
    """A new place as it was suggested, to be put right before it is on the map."""

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        said = read(proposal.values)
        point = proposal.location
        if point is not None and proposal.location_source != ROUGH:
            said |= {"lon": f"{point.x:.7f}", "lat": f"{point.y:.7f}"}
        super().__init__(data, initial=said)
        self.order_fields(["name", "category"])

    def approval(self) -> dict[str, Any]:
        """Return what to take, as ``approve`` wants it."""
        return {"values": self.facts(), **self.checks()}


@dataclass(frozen=True)
class Choice:
    """A fact three ways, with the box that takes it and the field that puts it right."""

    row: Row
    take: BoundField
    fields: list[BoundField]


class ChangeReview(Checked):
    """The facts of a correction, each to be taken, changed or left."""

    seen_at = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        self.proposal, self.rows = proposal, rows(proposal)
        asset = cast(Asset, proposal.asset)
        super().__init__(data)
        self.fields["seen_at"].initial = asset.updated_at.isoformat()
        facts = proposed(proposal)
        offered = EditForm(asset=asset).fields
        for row in self.rows:
            self.fields[f"take_{row.column}"] = forms.BooleanField(
                label=f"Take {row.label.lower()}",
                required=False,
                initial=not (row.changed or row.already),
            )
            for name, value in _inputs(row.column, facts[row.column]):
                self.fields[f"new_{name}"] = _field(offered, name, value)
        concerned = {FIELDS[row.column].fact for row in self.rows}
        self.fields["checked"].choices = [  # type: ignore[attr-defined]
            (fact.value, fact.label) for fact in Fact if fact in concerned
        ]

    def choices(self) -> Iterator[Choice]:
        """Yield the facts with their fields."""
        for row in self.rows:
            names = [name for name, _ in _inputs(row.column, None)]
            fields = [self[f"new_{name}"] for name in names]
            yield Choice(row, self[f"take_{row.column}"], fields)

    def clean_seen_at(self) -> dt.datetime:
        """Read the moment back."""
        try:
            seen_at = dt.datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError as error:
            raise forms.ValidationError("Please send it once more.") from error
        if seen_at.tzinfo is None:
            raise forms.ValidationError("Please send it once more.")
        return seen_at

    def clean(self) -> dict[str, Any]:
        """Read the point where it is taken."""
        data = super().clean()
        self.placing: Placing | None = None
        if data.get(f"take_{LOCATION}"):
            try:
                lon, lat = data.get("new_lon", ""), data.get("new_lat", "")
                self.placing = read_placing(lon=lon, lat=lat, postcode="", address="")
            except PlaceError as error:
                name = f"new_{error.field}"
                self.add_error(name if name in self.fields else None, str(error))
        return data

    def approval(self) -> dict[str, Any]:
        """Return what to take, as ``approve`` wants it."""
        taken = [row.column for row in self.rows if self.cleaned_data[f"take_{row.column}"]]
        values = {
            column: self.cleaned_data[f"new_{column}"] for column in taken if column != LOCATION
        }
        if self.placing is not None:
            values |= {
                LOCATION: self.placing.point,
                "location_precision": self.placing.precision,
                "location_source": self.placing.source,
            }
        seen_at = self.cleaned_data["seen_at"]
        return {"values": values, "seen_at": seen_at, **self.checks()}


class RefuseForm(GuardedText, forms.Form):
    """Why a suggestion is not taken: one of the usual reasons, own words, or both."""

    guarded = ("words",)

    reason = forms.ChoiceField(
        label="Why not?",
        choices=[*REASONS.items(), ("", "Something else: say it below")],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose one."},
    )
    words = forms.CharField(
        label="In your own words",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Whoever sent it reads this.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data.get("reason") and not data.get("words"):
            self.add_error("reason", "Choose a reason, or say it in your own words.")
        return data

    def said(self) -> str:
        """Return the reason in words."""
        parts = [REASONS.get(self.cleaned_data["reason"], ""), self.cleaned_data["words"]]
        return " ".join(part for part in parts if part)


def _inputs(column: str, value: Any) -> list[tuple[str, Any]]:
    if column != LOCATION:
        return [(column, value)]
    if value is None:
        return [("lon", ""), ("lat", "")]
    return [("lon", f"{value.x:.7f}"), ("lat", f"{value.y:.7f}")]


def _field(offered: dict[str, forms.Field], name: str, value: Any) -> forms.Field:
    """Return a form's own field for a column, with what is proposed in it."""
    field = offered.get(name)
    if field is None:
        found = Asset._meta.get_field(name).formfield()  # type: ignore[union-attr]
        field = cast(forms.Field, found)
    if isinstance(field, forms.ChoiceField):  # all of them at once would be a long page
        field.widget = forms.Select(choices=list(cast(Any, field.choices)))
    field.initial, field.label, field.help_text = value, "Put it right before taking it", ""
    return field
