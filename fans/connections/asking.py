"""Questions that several forms ask: how many, one of several, and which day."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone

from fans.connections.widgets import STEPS, Boxes, DayInput

SYMBOLS: Final = {"in": "way-in", "out": "way-out", "online": "online", "letter": "letter"}
DAYS: Final = [("today", "Today"), ("yesterday", "Yesterday"), ("other", "Another day")]
NOT_AN_ANSWER: Final = {
    "required": "Choose one.",
    "invalid_choice": "“%(value)s” is not one of the answers. Choose one of them.",
}


def count_field(label: str, *, most: int, **options: Any) -> forms.IntegerField:
    """A number of people: from 0, or left open."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=False,
        widget=forms.NumberInput(STEPS),
        **options,
    )


def choice_field(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    """One answer of several, with refusals in plain words."""
    return forms.ChoiceField(
        label=label, choices=choices, error_messages=NOT_AN_ANSWER, **options
    )


class WhenForm(forms.Form):
    """Mixin, before the form class: which day it was, today unless told otherwise."""

    longest_ago = dt.timedelta(days=2 * 366)
    too_long_ago = "That is long ago. Is the year right?"

    when = choice_field("When?", DAYS, widget=Boxes(narrowest="min-5"), initial="today")
    happened_on = forms.DateField(label="Which day?", required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        """Work out the day."""
        cleaned: dict[str, Any] = super().clean() or {}
        today = timezone.localdate()
        when, day = cleaned.get("when"), cleaned.get("happened_on")
        if when == "other":
            if day is None and "happened_on" not in self.errors:
                self.add_error("happened_on", "Put the day it happened.")
            elif day and day < today - self.longest_ago:
                self.add_error("happened_on", self.too_long_ago)
        elif day is not None:
            chosen = dict(DAYS).get(str(when), "")
            self.add_error(
                "happened_on", f"You chose “{chosen}” and put a day. Leave one of them out."
            )
        elif when:
            cleaned["happened_on"] = today - dt.timedelta(days=when == "yesterday")
        return cleaned
