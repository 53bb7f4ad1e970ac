"""A month's three numbers."""

from django import forms

from fans.connections.asking import count_field
from fans.connections.fields import MonthField


class TallyForm(forms.Form):
    """A month's three numbers: different people, counted once each."""

    month = MonthField(widget=forms.HiddenInput)
    occupied_beds = count_field(
        "How many people live here?", most=500, help_text="On an ordinary day of the month."
    )
    residents_out = count_field(
        "How many of them got out at least once?",
        most=500,
        help_text="Beyond the grounds, and not for health care. Different people, not trips.",
    )
    residents_reached = count_field(
        "How many of them met a neighbour at least once?",
        most=500,
        help_text="Here or outside. A person’s own family does not count, nor does care.",
    )
