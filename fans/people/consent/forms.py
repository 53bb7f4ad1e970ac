"""The form for a yes that came on paper, by phone or face to face."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from fans.people.consent.models import How, Scope
from fans.people.consent.wordings import purposes
from fans.people.models import Person

LONG_AGO = dt.timedelta(days=366)


class RecordForm(forms.Form):
    """What somebody agreed to, how, and whose word it was."""

    purpose = forms.ChoiceField(label="What they agreed to")
    how = forms.ChoiceField(
        label="How",
        choices=[(how.value, how.label) for how in How if how != How.WEB],
        widget=forms.RadioSelect,
    )
    scope = forms.ChoiceField(label="Whose word", choices=Scope)
    given_on = forms.DateField(
        label="On which day",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        asked = [p for p in purposes().values() if p.on(today) is not None]
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            ("", "Choose one"),
            *((purpose.slug, purpose.title) for purpose in asked),
        ]
        self.fields["given_on"].initial = today
        self.fields["scope"].initial = Scope.SELF

    def clean_given_on(self) -> dt.date:
        """Refuse a day to come, and one so long ago that they should be asked anew."""
        day: dt.date = self.cleaned_data["given_on"]
        today = timezone.localdate()
        if day > today:
            raise ValidationError("This day is still to come.")
        if day < today - LONG_AGO:
            raise ValidationError("This is more than a year ago. Ask them once more.")
        return day

    def given_at(self) -> dt.datetime:
        """Return the moment: now for today, noon of an earlier day."""
        now = timezone.now()
        day: dt.date = self.cleaned_data["given_on"]
        if day == timezone.localdate(now):
            return now
        return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
