"""One screen of facts to tick: what is still right."""

from typing import Any, Final

from django import forms
from django.http import QueryDict

from assets.checking.standing import Standing
from assets.choices import CheckMethod, Fact
from assets.telling import LABELS

_HOW: Final = [
    (CheckMethod.VISIT, "I was there"),
    (CheckMethod.CALL, "I rang them"),
    (CheckMethod.WEB, "On their website"),
]
# The address that mail goes to and whom to ask are checked along with the website.
_NAMES: Final = {Fact.CONTACT: "Website, e-mail, who to ask"}

ALL: Final = "all"
"""The button that ticks everything at once."""


class CheckForm(forms.Form):
    """Which of an asset's facts are still right, and how somebody knows."""

    facts = forms.MultipleChoiceField(
        label="What is still right?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick what you have checked.",
            "invalid_choice": "Tick only what is listed here.",
        },
    )
    how = forms.ChoiceField(
        label="How do you know?",
        choices=_HOW,
        widget=forms.RadioSelect,
        initial=CheckMethod.VISIT,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one."),
    )

    def __init__(self, *args: Any, standing: dict[Fact, Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = [fact for fact in LABELS if fact == Fact.PLACE or standing[fact].said]
        facts = self.fields["facts"]
        assert isinstance(facts, forms.MultipleChoiceField)  # noqa: S101 - declared above
        facts.choices = [(fact.value, _NAMES.get(fact, LABELS[fact])) for fact in self.shown]
        if isinstance(self.data, QueryDict) and ALL in self.data:
            sent = self.data.copy()
            sent.setlist("facts", [fact.value for fact in self.shown])
            self.data = sent
