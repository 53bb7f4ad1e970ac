"""The questions that a welcome card answers."""

from typing import Any

from django import forms

from homes.welcome.models import MOST_LINES, WelcomeCard
from intake.guarded import GuardedText


def _words(label: str, field: str, help_text: str) -> forms.CharField:
    model: Any = WelcomeCard._meta
    return forms.CharField(
        label=label,
        required=False,
        max_length=model.get_field(field).max_length,
        widget=forms.Textarea({"rows": 3}),
        help_text=help_text,
    )


class WelcomeCardForm(GuardedText, forms.Form):
    """What a home tells its visitors."""

    guarded = ("come_by", "inside", "would_love", "getting_in")

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    come_by = _words(
        "Come by",
        "come_by",
        "When people can come, and whether to ring first. Such as “Any day, ten till seven. "
        "No need to book.”",
    )
    inside = _words(
        "When you are in",
        "inside",
        "What to expect. Such as “There is always tea. Sit down, take your time.”",
    )
    would_love = _words(
        "What we would love",
        "would_love",
        "One on a line, four at most. Such as “A fourth for dominoes”. Name nobody.",
    )
    getting_in = _words(
        "Getting in",
        "getting_in",
        "Steps, doors, parking, the bus. Such as “Level from the street. Bus 41 stops "
        "outside.”",
    )
    is_public = forms.BooleanField(
        label="Show the card to everybody, and link it from our page", required=False
    )

    def clean_would_love(self) -> str:
        """Keep to as many lines as a card holds."""
        text: str = self.cleaned_data["would_love"]
        if sum(bool(line.strip()) for line in text.splitlines()) > MOST_LINES:
            raise forms.ValidationError("Four lines at most fit on the card.")
        return text

    def clean(self) -> dict[str, Any]:
        """Want the first answer before everybody sees the card."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("is_public") and not said.get("come_by") and "come_by" not in self.errors:
            self.add_error("come_by", "Say when people can come, before everybody sees it.")
        return said
