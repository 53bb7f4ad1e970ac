"""The form that makes one record of two."""

import datetime as dt
from typing import Any

from django import forms

from assets.models import Asset
from assets.twins.choosing import Choices, Difference, Side, differences

_KEEP, _TAKE = "Keep", "Take"


class MergeForm(forms.Form):
    """A choice for each thing on which two records differ, with a suggestion each."""

    other = forms.IntegerField(widget=forms.HiddenInput)
    keep_seen = forms.DateTimeField(widget=forms.HiddenInput)
    lose_seen = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, keep: Asset, lose: Asset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep, self.lose = keep, lose
        self.initial["other"] = lose.pk
        self.initial["keep_seen"] = keep.updated_at.isoformat()
        self.initial["lose_seen"] = lose.updated_at.isoformat()
        self.differences = differences(keep, lose)
        for difference in self.differences:
            self.fields[difference.field] = _choice(difference)

    @property
    def suggested(self) -> Choices:
        """What the suggestions are, for what is told before somebody has chosen."""
        return {each.field: each.suggested for each in self.differences}

    def asked(self) -> list[forms.BoundField]:
        """Return the fields that somebody has to choose in."""
        return [self[each.field] for each in self.differences]

    def choices(self) -> dict[str, Side]:
        """Return whose word is kept, by field."""
        return {each.field: self.cleaned_data[each.field] for each in self.differences}

    def seen(self) -> dict[int, dt.datetime]:
        """Return when the records that were looked at had been saved."""
        return {
            self.keep.pk: self.cleaned_data["keep_seen"],
            self.lose.pk: self.cleaned_data["lose_seen"],
        }


def _choice(difference: Difference) -> forms.ChoiceField:
    field = forms.ChoiceField(
        label=difference.label,
        choices=[
            ("keep", f"{_KEEP}: {difference.keep or 'nothing said'}"),
            ("lose", f"{_TAKE}: {difference.lose or 'nothing said'}"),
        ],
        initial=difference.suggested,
        widget=forms.RadioSelect(attrs={"class": "opts min-18"}),
        error_messages={"required": "Choose one of the two."},
    )
    if difference.why:
        side = _KEEP if difference.suggested == "keep" else _TAKE
        field.help_text = f"Suggested: {side.lower()}, since it {difference.why}."
    return field
