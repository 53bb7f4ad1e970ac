"""What volunteers change of themselves, and the hours they log."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone

from fans.people.volunteers.forms.sign_up import PHONE, LikesForm
from fans.people.volunteers.models import HoursEntry, Volunteer, VolunteerKind
from fans.people.volunteers.reports import reachable_homes
from fans.people.volunteers.services.own import NewPlace
from fans.people.volunteers.templatetags.volunteer_tags import hours
from fans.people.volunteers.widgets import DayInput
from homes.models import Home
from intake.guarded import GuardedText

QUARTER: Final = 15
LONGEST: Final = 12 * 60
LONG_AGO: Final = dt.timedelta(days=366)
MOST_HOMES: Final = 30


class ChangeForm(GuardedText, LikesForm):
    """The wishes of the sign-up again; the postcode only where somebody has moved."""

    guarded = ("offer",)

    phone = forms.CharField(
        label="A telephone number",
        max_length=20,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    group_people_count = forms.IntegerField(
        label="How many people would come?", min_value=2, max_value=200
    )
    group_children_count = forms.IntegerField(
        label="How many of them are under 18?", min_value=0, max_value=200
    )
    offer = forms.CharField(
        label="What could you offer?",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Nothing about anybody’s health, and nobody else’s name.",
    )

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        kept = (*self.base_fields,)
        initial = {name: getattr(volunteer, name) for name in kept if name != "postcode"}
        super().__init__(*args, age_band=volunteer.age_band, initial=initial, **kwargs)
        postcode = self.fields["postcode"]
        postcode.required = False
        postcode.label = "If you have moved: your postcode now"
        now = f"Now: around {volunteer.cell}. " if volunteer.cell else ""
        rest = "The first half alone." if self.is_young else "It is used once and not kept."
        postcode.help_text = now + rest
        if self.is_young:
            del self.fields["phone"]
        if volunteer.kind != VolunteerKind.GROUP:
            del self.fields["group_people_count"], self.fields["group_children_count"]

    def clean_postcode(self) -> str:
        """Find the new rough place, where there is one."""
        return super().clean_postcode() if self.cleaned_data["postcode"] else ""

    def clean(self) -> dict[str, Any] | None:
        """Refuse a group without a grown-up."""
        said = super().clean()
        found = said if said is not None else self.cleaned_data
        people, children = found.get("group_people_count"), found.get("group_children_count")
        if people is not None and children is not None and children >= people:
            self.add_error("group_children_count", "Put fewer than come in all.")
        return said

    def changes(self) -> dict[str, Any]:
        """Return what was said, as the arguments of ``own.change``; the form is valid."""
        said = dict(self.cleaned_data)
        typed = said.pop("postcode")
        said["moved"] = NewPlace(self.place) if typed else None
        return said


class HoursForm(GuardedText, forms.Form):
    """When, how long, and what; where only if they like."""

    guarded = ("note",)

    day = forms.DateField(label="Which day?", widget=DayInput)
    minutes = forms.TypedChoiceField(
        label="How long?",
        coerce=int,
        choices=[(m, hours(m)) for m in range(QUARTER, LONGEST + 1, QUARTER)],
        initial=60,
        error_messages={"invalid_choice": "Choose one of these."},
    )
    what = forms.ChoiceField(
        label="What was it?",
        choices=HoursEntry.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    home = forms.ModelChoiceField(
        Home.objects.none(),
        label="Which home?",
        required=False,
        empty_label="Not said",
        error_messages={"invalid_choice": "Choose one of these homes."},
    )
    people_count = forms.IntegerField(
        label="How many of you came?",
        min_value=1,
        max_value=200,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    note = forms.CharField(
        label="A note for yourself",
        max_length=200,
        required=False,
        help_text="No names, and nothing about anybody’s health. Your lead can read it.",
    )

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()
        home = self.fields["home"]
        assert isinstance(home, forms.ModelChoiceField)  # noqa: S101 (typed above)
        home.queryset = homes_of(volunteer)
        if volunteer.kind == VolunteerKind.GROUP:
            self.fields["people_count"].initial = volunteer.group_people_count
        else:
            del self.fields["people_count"]

    def clean_day(self) -> dt.date:
        """Refuse a day to come, and one so long ago that it is a slip."""
        day: dt.date = self.cleaned_data["day"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError("This day is still to come. Log it when it is over.")
        if day < today - LONG_AGO:
            raise forms.ValidationError("That is long ago. Is the year right?")
        return day


def homes_of(volunteer: Volunteer) -> Any:
    """Return homes within their travel, and those they have been to, by name."""
    been = volunteer.hours.exclude(home=None).values_list("home_id", flat=True)
    ids = set(been)
    if volunteer.location is not None and volunteer.travel_m:
        near = reachable_homes(volunteer.location, volunteer.travel_m)
        near = near.nearest_first(to=volunteer.location)
        ids |= set(near.values_list("pk", flat=True)[:MOST_HOMES])
    return Home.objects.filter(pk__in=ids).order_by("name", "pk")
