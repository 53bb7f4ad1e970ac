"""Forms to add a place or group, and to correct one."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.contrib.gis.geos import Point
from django.forms.boundfield import BoundWidget

from assets import categories
from assets.cleaning import clean_phone
from assets.fact_fields import MORE, FactFields
from assets.landmarks import Landmark
from assets.models import Asset, Wheelchair
from assets.photos.forms import PhotoFields
from assets.placing import PlaceError, Placing, WhichOneError, read_near, read_placing
from assets.services import Details
from geo.geocoding import POSTCODE_SOURCE
from intake.guarded import GuardedText

COMMON: Final = (
    "food_drink",
    "garden_nature",
    "clubs_societies",
    "faith",
    "shops",
    "community_space",
)
"""What people add most on a walk comes first."""

_SEEN: Final = {**dict(Wheelchair.choices), Wheelchair.UNKNOWN: "Did not see"}
WHERE: Final = ("lon", "lat", "postcode", "address")
CHOOSE: Final = {"required": "Choose one.", "invalid_choice": "Choose one."}
NOWHERE: Final = (
    "Where is it? Move the map until the cross is on the door, or say what it is near."
)
NO_PLACE: Final = (
    "“{label}” has no place on the map. Empty the fields of the place, or choose another kind."
)
_RELOAD: Final = dict.fromkeys(
    ("required", "invalid"), "Something went wrong on our side. Please send it once more."
)
_WORDS: Final = (
    "name",
    "category",
    "wheelchair",
    "who_to_ask",
    "could_give",
    "would_love",
    "description",
    "phone",
    "website",
    "address",
)


def _text(label: str, column: str, *, rows: int = 0, **options: Any) -> forms.CharField:
    most = Asset._meta.get_field(column).max_length  # type: ignore[union-attr]
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


@dataclass(frozen=True)
class Kind:
    """A kind of place with its radio button and its colour family."""

    radio: BoundWidget
    slug: str
    family: str
    examples: str


class PlaceForm(GuardedText, FactFields):
    """What somebody on a pavement knows of a place; name, kind and where are enough."""

    guarded: tuple[str, ...] = (
        *("who_to_ask", "could_give", "would_love", "description"),
        *("cost", "suits", "access_notes", "closed_why"),
    )

    name = _text(
        "What is it called?",
        "name",
        error_messages={"required": "Put the name on the door, or what people call it."},
    )
    category = forms.ChoiceField(
        label="What kind of place?",
        choices=categories.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    wheelchair = forms.ChoiceField(
        label="Can someone in a wheelchair get in?",
        choices=[(value, _SEEN[value]) for value in Wheelchair.values],
        widget=forms.RadioSelect,
        initial=Wheelchair.UNKNOWN,
        error_messages=CHOOSE,
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "in short"}),
    )
    address = _text("Street and town", "address", required=False)
    lon = forms.CharField(label="Longitude", max_length=24, required=False)
    lat = forms.CharField(label="Latitude", max_length=24, required=False)
    who_to_ask = _text(
        "Who to ask, and for what?",
        "who_to_ask",
        rows=2,
        required=False,
        help_text="A first name and role is enough. No notes about residents.",
    )
    could_give = _text("What could they give?", "could_give", rows=2, required=False)
    would_love = _text("What would they love?", "would_love", rows=2, required=False)
    description = _text("What goes on there?", "description", rows=3, required=False)
    phone = _text("Phone", "phone", required=False)
    website = forms.URLField(
        label="Website", max_length=300, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, around: Point | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = around  # where "near the library" is looked for
        self.which: list[Landmark] = []
        self.placing: Placing | None = None
        for field in ("lon", "lat"):
            self.fields[field].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        self.fields["phone"].widget.attrs |= {"inputmode": "tel"}

    @property
    def common_kinds(self) -> list[Kind]:
        """The kinds that come first."""
        kinds = [kind for kind in self._kinds() if kind.slug in COMMON]
        for kind in kinds:  # the box around it shows what is chosen
            kind.radio.data["attrs"] = {**kind.radio.data["attrs"], "class": "vh"}
        return sorted(kinds, key=lambda kind: COMMON.index(kind.slug))

    @property
    def other_kinds(self) -> list[Kind]:
        """All other kinds."""
        return [kind for kind in self._kinds() if kind.slug not in COMMON]

    def _kinds(self) -> Iterator[Kind]:
        for radio in self["category"]:
            slug = str(radio.data["value"])
            kind = categories.BY_SLUG[slug]
            yield Kind(radio, slug, kind.family, kind.examples)

    @property
    def other_kind_chosen(self) -> bool:
        """Whether the list of all kinds must be open, to show the one that is chosen."""
        value = self["category"].value()
        return bool(value) and value not in COMMON

    @property
    def start_at(self) -> str:
        """Where the map begins, as lat,lon,zoom: at the postcode; empty for anywhere."""
        point = self.placing.point if self.placing else None
        return f"{point.y:.5f},{point.x:.5f},17" if point else ""

    def clean_phone(self) -> str:
        """Take digits, with what people write between them."""
        phone: str = self.cleaned_data["phone"]
        if phone and clean_phone(phone) != " ".join(phone.split()):
            raise forms.ValidationError("Put a telephone number, such as 0161 496 0111.")
        return phone

    def clean(self) -> dict[str, Any]:
        """Find where the place is; a kind that has none must be given none."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        where = {name: data.get(name, "") for name in WHERE}
        if data.get("category") in categories.UNLOCATED:
            self.placing = Placing(None, "")
            if any(where.values()):
                label = categories.BY_SLUG[data["category"]].label
                self.add_error("category", NO_PLACE.format(label=label))
        elif not any(name in self.errors for name in WHERE):
            self._place(where)
        return data

    def _place(self, where: dict[str, str]) -> None:
        try:
            self.placing = self.read_where(where)
        except PlaceError as error:
            self.add_error(error.field, str(error))
            return
        if self.placing.point is None:
            self.add_error("near" if "near" in self.fields else "postcode", NOWHERE)

    def read_where(self, where: dict[str, str]) -> Placing:
        """Read the four fields of the place."""
        return read_placing(**where)

    def details(self) -> Details:
        """Return what a valid form says, as the services take it."""
        said: dict[str, Any] = {
            name: self.cleaned_data[name].replace("\r\n", "\n") for name in _WORDS
        }
        said |= self.more_details(self.cleaned_data)
        if self.placing is not None:
            said |= self.placing.details()
        return cast(Details, said)


class AddForm(PlaceForm, PhotoFields):
    """A new place, perhaps with a photo; its own id lets it be sent twice and arrive once."""

    guarded = (*PlaceForm.guarded, "alt")

    client_uuid = forms.UUIDField(
        label="This form", widget=forms.HiddenInput, initial=uuid.uuid4, error_messages=_RELOAD
    )
    near = forms.CharField(
        label="Where is it?",
        max_length=200,
        required=False,
        help_text="A postcode, a street and town, or what it is near: “the library”.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
    )
    near_point = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    # Places that were shown as like it, and are not: their ids, with commas.
    not_these = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def read_where(self, where: dict[str, str]) -> Placing:
        """Read the place; where neither map nor postcode say it, from what it is near to."""
        placing = super().read_where(where)
        near = self.cleaned_data.get("near", "")
        if placing.point is not None or not near:
            return placing
        try:
            return read_near(
                near,
                address=where["address"],
                chosen=self.cleaned_data.get("near_point", ""),
                around=self.around,
            )
        except WhichOneError as error:
            self.which = error.landmarks
            raise

    def dismissed(self) -> set[int]:
        """Return the ids of places that somebody has said are others."""
        ids = self.cleaned_data.get("not_these", "").split(",")
        return {int(part) for part in ids if part.isdecimal() and len(part) < 19}


class EditForm(PlaceForm):
    """A place that is there; remembers how it stood when the form was opened."""

    seen_at = forms.CharField(
        label="This form", widget=forms.HiddenInput, error_messages=_RELOAD
    )

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        self.asset = asset
        point = asset.location
        initial: dict[str, Any] = {name: getattr(asset, name) for name in (*_WORDS, *MORE)}
        initial |= {
            "postcode": asset.postcode,
            "lon": f"{point.x:.7f}" if point else "",
            "lat": f"{point.y:.7f}" if point else "",
            "seen_at": asset.updated_at.isoformat(),
        }
        super().__init__(*args, initial=initial, **kwargs)

    def clean_seen_at(self) -> dt.datetime:
        """Read the moment back."""
        try:
            seen_at = dt.datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError as error:
            raise forms.ValidationError(_RELOAD["required"]) from error
        if seen_at.tzinfo is None:
            raise forms.ValidationError(_RELOAD["required"])
        return seen_at

    def read_where(self, where: dict[str, str]) -> Placing:
        """Leave a place alone that nobody has touched, whatever its postcode says."""
        asset = self.asset
        touched = {name for name in WHERE if where[name] != self.initial[name]}
        if not touched and asset.location is not None:
            precision, source = asset.location_precision, asset.location_source
            return Placing(asset.location, asset.postcode, precision, source)
        by_postcode = asset.location_source == POSTCODE_SOURCE and "postcode" in touched
        if by_postcode and touched.isdisjoint({"lon", "lat"}):
            where = {**where, "lon": "", "lat": ""}  # the pin was the old postcode's
        return super().read_where(where)
