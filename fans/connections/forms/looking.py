"""What of the log, and of the places, somebody looks for."""

import datetime as dt
from typing import Any

from django import forms

from fans.connections.fields import MonthField
from fans.connections.models import Partnership
from homes.models import Home


class SearchForm(forms.Form):
    """A name to look for among the places."""

    q = forms.CharField(label="Look for a place or group", max_length=80, required=False)


class TieField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of a home's ties, called by its partner."""

    def label_from_instance(self, obj: Partnership) -> str:
        """Name the partner."""
        return str(obj.partner)


class RowsForm(forms.Form):
    """Which part of the log to look at."""

    month = MonthField(label="Month", required=False)
    partner = TieField(
        Partnership.objects.none(),
        label="With",
        required=False,
        empty_label="Everybody",
        error_messages={"invalid_choice": "Choose one of this home’s ties."},
    )

    def __init__(self, *args: Any, home: Home, months: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "All months"), *[(f"{day:%Y-%m}", f"{day:%B %Y}") for day in months]]
        self.fields["month"].widget = forms.Select(choices=choices)
        partner = self.fields["partner"]
        assert isinstance(partner, TieField)  # noqa: S101 (typed above)
        partner.queryset = home.partnerships.select_related("partner__asset")
