"""The forms of volunteer leads: which volunteers to show, and deciding about a check."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from fans.people.volunteers.lists import INTERESTS
from fans.people.volunteers.models import Stage, Vetting
from fans.people.volunteers.models.volunteer import VolunteerQuerySet
from fans.people.volunteers.suggesting import QUESTIONS, Facts
from geo.models import Area
from intake.guarded import GuardedText

WAITS: Final = (
    ("", "All"),
    ("quiet", "Not heard from in four weeks"),
    ("recheck", "A check to look at again"),
)
LONGEST_RECHECK: Final = dt.timedelta(days=5 * 366)


class FindForm(forms.Form):
    """Which volunteers to show; left open, all who have not left."""

    q = forms.CharField(label="Name", required=False, max_length=100)
    stage = forms.ChoiceField(
        label="Stage", required=False, choices=[("", "All who are here"), *Stage.choices]
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label="Area", required=False, empty_label="All areas"
    )
    interest = forms.ChoiceField(
        label="Would enjoy",
        required=False,
        choices=[("", "Anything"), *((one.slug, one.label) for one in INTERESTS.values())],
    )
    waits = forms.ChoiceField(label="What waits", required=False, choices=WAITS)

    def __init__(self, *args: Any, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        field.queryset = Area.objects.filter(pk__in=[area.pk for area in areas])  # type: ignore[attr-defined]
        if len(areas) <= 1:
            del self.fields["area"]

    def narrow(
        self, rows: VolunteerQuerySet, *, today: dt.date, soon: dt.date
    ) -> VolunteerQuerySet:
        """Return the rows asked for; none where something asked for is not on a list."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        rows = rows.filter(stage=asked["stage"]) if asked["stage"] else rows.present()
        if asked["q"]:
            rows = rows.filter(person__name__icontains=asked["q"])
        if asked.get("area"):
            rows = rows.in_areas([asked["area"].pk])
        if asked["interest"]:
            rows = rows.filter(interests__contains=[asked["interest"]])
        if asked["waits"] == "quiet":
            rows = rows.quiet_on(today)
        if asked["waits"] == "recheck":
            rows = rows.recheck_due(soon)
        return rows


class FactsForm(forms.Form):
    """The four questions about what somebody would do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            choices = [(option.slug, option.label) for option in question.options]
            kind = forms.MultipleChoiceField if question.many else forms.ChoiceField
            self.fields[question.name] = kind(
                label=question.label,
                choices=choices,
                required=not question.many,
                widget=forms.CheckboxSelectMultiple if question.many else forms.RadioSelect,
                help_text="Leave all open where they would do none of it."
                if question.many
                else "",
            )
        self.fields["authority"] = forms.ChoiceField(
            label="Where is it decided whether they suit?",
            choices=Vetting.Authority.choices,
            widget=forms.RadioSelect,
        )

    def facts(self) -> Facts:
        """Return what was answered."""
        said = self.cleaned_data
        return Facts(said["where"], said["how_often"], said["alone"], frozenset(said["tasks"]))


class AskForm(GuardedText, forms.Form):
    """Which check a role needs, and why."""

    guarded = ("reason",)

    authority = forms.ChoiceField(choices=Vetting.Authority.choices, widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label="Which check?", choices=Vetting.Level.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why this one?",
        max_length=200,
        help_text="About the role, never about the person: no certificate number, no offence.",
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_reason(self) -> str:
        """Refuse what looks like the number of a certificate."""
        reason: str = self.cleaned_data["reason"]
        try:
            Vetting(level_reason=reason).validate_constraints(exclude=_ALL_BUT_REASON)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return reason


class DecideForm(forms.Form):
    """What was decided, and when to look again."""

    outcome = forms.ChoiceField(
        label="What did you decide?",
        choices=[
            (Vetting.Outcome.OK.value, "Suitable"),
            (Vetting.Outcome.NOT_OK.value, "Not suitable for this role"),
        ],
        widget=forms.RadioSelect,
    )
    recheck_on = forms.DateField(
        label="Look at it again on",
        required=False,
        help_text="A check has no end of its own; many look again after three years.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    on_update_service = forms.BooleanField(
        label="They are with the update service", required=False
    )

    def clean_recheck_on(self) -> dt.date | None:
        """Refuse a day that is over, or so far off that nobody would look."""
        day: dt.date | None = self.cleaned_data["recheck_on"]
        today = timezone.localdate()
        if day and day <= today:
            raise ValidationError("Put a day that is to come.")
        if day and day > today + LONGEST_RECHECK:
            raise ValidationError("Five years at most.")
        return day


_ALL_BUT_REASON: Final = {
    field.name for field in Vetting._meta.fields if field.name != "level_reason"
}
