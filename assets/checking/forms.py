"""One screen of facts to tick: what is still right."""

from typing import Any, Final

from django import forms

from assets.checking.standing import Standing
from assets.choices import CheckMethod, CheckState, Fact
from assets.telling import LABELS

_HOW: Final = [
    (CheckMethod.VISIT, "I was there"),
    (CheckMethod.CALL, "I rang them"),
    (CheckMethod.WEB, "On their website"),
]


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
        shown = [fact for fact in LABELS if fact == Fact.PLACE or standing[fact].said]
        facts = self.fields["facts"]
        assert isinstance(facts, forms.MultipleChoiceField)  # noqa: S101 - declared above
        facts.choices = [(fact.value, LABELS[fact]) for fact in shown]
        facts.initial = [
            fact.value for fact in shown if standing[fact].state != CheckState.FRESH
        ]
