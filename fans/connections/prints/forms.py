"""What is asked before something is printed."""

from typing import Any, Final

from django import forms

from fans.connections.prints.wordings import HEADLINES, THANKS
from fans.connections.widgets import Boxes, DayInput
from intake.guarded import GuardedText

MOST_WORDS: Final = 140


class PosterForm(GuardedText, forms.Form):
    """What a poster calls out."""

    guarded = ("line",)

    headline = forms.ChoiceField(
        label="What should it say?",
        choices=[(each.slug, each.words) for each in HEADLINES],
        error_messages={"invalid_choice": "Choose one of the headlines."},
    )
    line = forms.CharField(
        label="A line of your own",
        max_length=MOST_WORDS,
        required=False,
        help_text="Such as “Saturday 12 December, 2 pm: carols in the hall”. Name nobody.",
    )


class ThanksForm(forms.Form):
    """Which words a thank-you card has."""

    words = forms.TypedChoiceField(
        label="What should it say?",
        choices=list(enumerate(THANKS)),
        coerce=int,
        widget=Boxes(narrowest="min-18"),
        error_messages={"invalid_choice": "Choose one of the four."},
    )


class CertificateForm(forms.Form):
    """Which days a certificate tells of."""

    since = forms.DateField(label="From", required=False, widget=DayInput)
    until = forms.DateField(label="Up to", required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        """Want the days in order."""
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", "Put a day after the first one.")
        return said
