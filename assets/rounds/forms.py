"""What is asked to plan a round, to share rounds out, and at each place."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.contrib.gis.geos import Point

from assets.choices import Fact
from assets.rounds.shown import FactShown
from assets.rounds.stops import LONGEST_REASON
from geo.geocoding import locate
from geo.models import Area
from geo.srid import WGS84
from intake.guarded import GuardedText

_NO_PLACE: Final = "Put a postcode, use where you are, or choose one of your areas."


class PlanForm(forms.Form):
    """Where somebody sets out: here, at a postcode, or anywhere in an area of theirs."""

    postcode = forms.CharField(
        label="Postcode where you set out",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    # Filled by the browser, if asked; used once and never kept.
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    area = forms.ChoiceField(label="Or one of your areas", required=False)

    def __init__(self, data: Any = None, *, areas: Sequence[Area]) -> None:
        super().__init__(data)
        self.areas = {str(area.pk): area for area in areas}
        choices = [("", "No area"), *((pk, area.name) for pk, area in self.areas.items())]
        field: Any = self.fields["area"]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Find the place that is meant, of those given the most exact."""
        found = super().clean() or {}
        lon, lat = found.get("lon"), found.get("lat")
        if found.get("postcode"):
            at = locate(found["postcode"])
            if at is None:
                self.add_error("postcode", "We do not know this postcode. Look it over.")
            else:
                found["near"] = at.point
        elif lon is not None and lat is not None:
            if abs(lon) <= 180 and abs(lat) <= 90:
                found["near"] = Point(lon, lat, srid=WGS84)
            else:
                self.add_error(None, "Where you are could not be read. Put a postcode.")
        elif found.get("area"):
            found["near"] = self.areas[found["area"]]
        elif not self.errors:
            self.add_error(None, _NO_PLACE)
        return found

    def near(self) -> Point | Area:
        """Return where to set out."""
        near: Point | Area = self.cleaned_data["near"]
        return near


class ShareForm(forms.Form):
    """Among whom an area's places are divided."""

    who = forms.MultipleChoiceField(
        label="Who can walk",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person."},
    )

    def __init__(self, data: Any = None, *, people: Iterable[Any]) -> None:
        super().__init__(data)
        self._people = {str(person.pk): person for person in people}
        field: Any = self.fields["who"]
        field.choices = [(pk, str(person)) for pk, person in self._people.items()]

    def people(self) -> list[Any]:
        """Return the people who were chosen."""
        return [self._people[pk] for pk in self.cleaned_data["who"]]


class FactsForm(forms.Form):
    """What somebody saw to be right."""

    facts = forms.MultipleChoiceField(
        label="Tick what you saw to be right",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one thing that you saw to be right."},
    )

    def __init__(self, data: Any = None, *, shown: Sequence[FactShown]) -> None:
        super().__init__(data)
        self.shown = shown
        field: Any = self.fields["facts"]
        field.choices = [(each.fact.value, each.label) for each in shown]
        ticked = data.getlist("facts") if data is not None else []
        for each in shown:
            each.is_ticked = each.fact in ticked

    def clean_facts(self) -> list[Fact]:
        """Return facts, not their names."""
        return [Fact(name) for name in self.cleaned_data["facts"]]


class SkipForm(GuardedText, forms.Form):
    """Why a place is left out."""

    guarded = ("reason",)

    reason = forms.CharField(
        label="Leave it out because",
        max_length=LONGEST_REASON,
        help_text="Such as “road closed” or “too far today”. Name no person.",
        error_messages={"required": "Say in a few words why you leave it out."},
    )
