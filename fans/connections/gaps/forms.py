"""The question behind a no, and what a list of suggestions may be filtered by."""

from typing import Any

from django import forms

from fans.connections.asking import choice_field
from fans.connections.gaps.models import Reason
from fans.connections.gaps.suggesting import FILTERS
from intake.guarded import GuardedText


class NoForm(GuardedText, forms.Form):
    """Why a suggested place is not for a home."""

    guarded = ("words",)

    reason = choice_field("Why not?", Reason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="In a few words",
        max_length=200,
        required=False,
        help_text="About the place. No names, nothing about anybody’s health.",
    )


class OnlyForm(forms.Form):
    """``?only=wish&only=walk``: which suggestions to show."""

    only = forms.MultipleChoiceField(
        choices=list(FILTERS.items()),
        required=False,
        error_messages={"invalid_choice": "“%(value)s” is no filter of this list."},
    )

    @property
    def chosen(self) -> list[str]:
        """The filters asked for, none where one of them is unknown."""
        found: Any = self.cleaned_data.get("only", []) if self.is_valid() else []
        return list(found)
