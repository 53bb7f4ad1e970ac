"""What is asked when somebody says no, or ends a match."""

from typing import Any

from django import forms

from fans.connections.forms import choice_field
from fans.connections.matches.models import Reason, Side
from fans.connections.matches.services.answering import SAID
from fans.connections.widgets import Boxes
from intake.guarded import GuardedText

_ONLY_HOME = (Reason.NO_STAFF,)


class NoForm(GuardedText, forms.Form):
    """Why not, by one of the reasons; words are for the lead and the champion alone."""

    guarded = ("words",)

    reason = choice_field("Why?", [], widget=Boxes(narrowest="min-7"))
    words = forms.CharField(
        label="Anything that helps to find a better fit",
        max_length=200,
        required=False,
        help_text="For your lead and the champion only. No names, nothing about health.",
    )

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [r for r in SAID if side == Side.HOME or r not in _ONLY_HOME]
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)  # noqa: S101 (typed above)
        reason.choices = [(each.value, each.label) for each in reasons]
