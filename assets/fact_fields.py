"""Fields of a place's form for what not everybody knows: hours, cost, ages, ways in."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms

from assets.choices import CostKind, YesNo
from assets.constraints import ACCESS, OLDEST
from assets.facts import FIELDS
from assets.hours.writing import HoursError, write_hours
from assets.models import Asset

MORE: Final = (
    *("opening_hours", "closed_from", "closed_until", "closed_why"),
    *("cost_kind", "cost", "age_from", "age_to", "suits"),
    *(*ACCESS, "access_notes"),
)
"""Columns that these fields fill."""

_YES_NO: Final = [
    (YesNo.UNKNOWN, "Did not see"),
    *((value, label) for value, label in YesNo.choices if value != YesNo.UNKNOWN),
]
_COST: Final = [
    (CostKind.UNKNOWN, "Did not ask"),
    *((value, label) for value, label in CostKind.choices if value != CostKind.UNKNOWN),
]
HOURS: Final = "Such as: Monday to Friday 9am to 5pm, or Mo-Fr 09:00-17:00"


def _longest(column: str) -> Any:
    return Asset._meta.get_field(column).max_length  # type: ignore[union-attr]


def _line(column: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=FIELDS[column].label,
        max_length=_longest(column),
        required=False,
        help_text=help_text,
    )


def _choice(column: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=FIELDS[column].label,
        choices=choices,
        required=False,
        initial=choices[0][0],
        error_messages={"invalid_choice": "Choose one."},
    )


def _age(column: str) -> forms.IntegerField:
    words = f"Put whole years, from 0 to {OLDEST}."
    return forms.IntegerField(
        label=FIELDS[column].label,
        min_value=0,
        max_value=OLDEST,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )


def _day(column: str) -> forms.DateField:
    return forms.DateField(
        label=FIELDS[column].label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Put a day, such as 1 March 2027."},
    )


class FactFields(forms.Form):
    """What stands behind "More, if you know it"."""

    opening_hours = _line("opening_hours", HOURS)
    cost_kind = _choice("cost_kind", _COST)
    cost = _line("cost", "Such as: £3 with a cup of tea")
    age_from, age_to = _age("age_from"), _age("age_to")
    suits = _line("suits")
    step_free = _choice("step_free", _YES_NO)
    wheelchair_toilet = _choice("wheelchair_toilet", _YES_NO)
    accessible_parking = _choice("accessible_parking", _YES_NO)
    hearing_loop = _choice("hearing_loop", _YES_NO)
    seating = _choice("seating", _YES_NO)
    quiet = _choice("quiet", _YES_NO)
    access_notes = _line("access_notes")
    closed_from, closed_until = _day("closed_from"), _day("closed_until")
    closed_why = _line("closed_why")

    def clean_opening_hours(self) -> str:
        """Take hours as people write them; what cannot be read tells nobody when it is open."""
        hours: str = " ".join(self.cleaned_data["opening_hours"].split())
        if hours == " ".join(str(self.initial.get("opening_hours", "")).split()):
            return hours  # as a source put it: no reason to refuse another correction
        try:
            return write_hours(hours)
        except HoursError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_age_to(self) -> int | None:
        """Refuse an oldest age below the youngest."""
        youngest: int | None = self.cleaned_data.get("age_from")
        oldest: int | None = self.cleaned_data["age_to"]
        if youngest is not None and oldest is not None and oldest < youngest:
            raise forms.ValidationError("The oldest age is below the youngest.")
        return oldest

    def clean_closed_until(self) -> dt.date | None:
        """Refuse a last day before the first."""
        first: dt.date | None = self.cleaned_data.get("closed_from")
        last: dt.date | None = self.cleaned_data["closed_until"]
        if first is not None and last is not None and last < first:
            raise forms.ValidationError("This day comes before the first one.")
        return last

    def clean_closed_why(self) -> str:
        """Ask for a day beside the reason."""
        why: str = self.cleaned_data["closed_why"]
        days = (self.cleaned_data.get("closed_from"), self.cleaned_data.get("closed_until"))
        if why and not any(days) and not {"closed_from", "closed_until"} & set(self.errors):
            raise forms.ValidationError("Put from when, or until when, it is closed.")
        return why

    @property
    def ways_in(self) -> list[forms.BoundField]:
        """The questions on the way in that are answered yes or no."""
        return [self[column] for column in ACCESS if column in self.fields]

    @property
    def more_is_open(self) -> bool:
        """Whether something is said there, or wrong there, so that it has to be seen."""
        columns = [column for column in MORE if column in self.fields]
        return any(
            column in self.errors or self[column].value() not in (None, "", "unknown")
            for column in columns
        )

    def more_details(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was sent of these columns; what was not sent stays as it is."""
        sent = [name for name in MORE if name in cleaned and self.add_prefix(name) in self.data]
        said = {name: cleaned[name] for name in sent}
        for name in ("cost_kind", *ACCESS):
            if said.get(name) == "":
                said[name] = "unknown"
        return said
