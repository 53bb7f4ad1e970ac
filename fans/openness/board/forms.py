"""What is asked when a cohort is made, and when a home joins or leaves it."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone

from fans.cohorts.errors import CohortError
from fans.cohorts.models import Cohort, Programme
from fans.connections.widgets import Boxes, DayInput
from homes.shown import shown_homes, shown_matching

MOST_FOUND: Final = 20
"""So many homes are offered for one search; more want a better word."""

FARTHEST: Final = dt.timedelta(days=366)
"""A part that begins so far from today is a slip of the pen."""


def refuse(form: forms.Form, error: CohortError | forms.ValidationError) -> None:
    """Say what a service refused beside the question that is meant."""
    if isinstance(error, CohortError):
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return
    for field, lines in error.message_dict.items():
        form.add_error(field if field in form.fields else None, lines)


class CohortForm(forms.Form):
    """A cohort: its name, and the programme it goes through."""

    name = forms.CharField(
        label="What is the cohort called?",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Such as “Trafford North, spring 2027”.",
        error_messages={"required": "Put a name."},
    )
    programme = forms.CharField(
        label="Which programme does it go through?",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Put the programme’s name."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        latest = Programme.objects.order_by("-pk").first()
        kwargs["initial"] = {"programme": latest.name if latest else ""}
        super().__init__(*args, **kwargs)


class NameForm(forms.Form):
    """Another name of a cohort."""

    name = forms.CharField(
        label="What is the cohort called?",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Put a name."},
    )


class EnrolForm(forms.Form):
    """Which home joins, from when, and that it said yes."""

    home = forms.TypedChoiceField(
        label="Which home?",
        coerce=int,
        widget=Boxes(narrowest="min-18"),
        error_messages={
            "required": "Choose a home.",
            "invalid_choice": "This home is not on the list. Search again.",
        },
    )
    starts_on = forms.DateField(
        label="On which day does its part begin?",
        widget=DayInput,
        help_text="Month 0 opens on this day, months 3 and 6 follow from it.",
        error_messages={"required": "Put the day.", "invalid": "Put a day of the calendar."},
    )
    looks_back = forms.BooleanField(
        label="Month 0 asks what was there before (the look-back form)",
        required=False,
        initial=True,
    )
    has_agreed = forms.BooleanField(
        label="The home’s manager has said yes to taking part, and knows that you will see "
        "its ties, its log and, once it has looked at them, its figures",
        error_messages={
            "required": "A home takes part once its manager has said yes. Tick this then."
        },
    )

    def __init__(self, *args: Any, words: str, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate()
        found = []
        if words:
            rows = shown_matching(shown_homes(), words)
            free = rows.exclude(enrolments__cohort=cohort).order_by("shown_name", "pk")
            found = list(free[: MOST_FOUND + 1])
        self.are_more = len(found) > MOST_FOUND
        self.found = found[:MOST_FOUND]
        self.fields["home"].choices = [  # type: ignore[attr-defined]
            (home.pk, _line(home)) for home in self.found
        ]

    def clean_starts_on(self) -> dt.date:
        """Refuse a day in another year than the people in the room mean."""
        day: dt.date = self.cleaned_data["starts_on"]
        if abs(day - timezone.localdate()) > FARTHEST:
            raise forms.ValidationError("That is more than a year away. Is the year right?")
        return day


def _line(home: Any) -> str:
    where = home.postcode if home.shown_name == home.name else ""
    beds = f"{home.open_beds} beds" if home.open_beds else ""
    return ", ".join(filter(None, (home.shown_name, home.local_authority, where, beds)))


class EndForm(forms.Form):
    """On which day a home's part ends."""

    ends_on = forms.DateField(
        label="Its last day",
        widget=DayInput,
        error_messages={"required": "Put the day.", "invalid": "Put a day of the calendar."},
    )


class AgreeForm(forms.Form):
    """On which day a home agreed to research."""

    agreed_on = forms.DateField(
        label="Day of the agreement",
        widget=DayInput,
        error_messages={"required": "Put the day.", "invalid": "Put a day of the calendar."},
    )
