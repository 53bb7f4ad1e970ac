"""The questions asked when something is logged, counted or looked up."""

import datetime as dt
import uuid
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone

from fans.connections.candidates import (
    Candidate,
    candidate_of,
    places_near,
    standing_ties,
    value_of,
)
from fans.connections.errors import AlreadyLoggedError, ConnectionsError
from fans.connections.fields import MonthField
from fans.connections.gifts import offers
from fans.connections.models import (
    ConnectionType,
    Direction,
    Gift,
    Origin,
    Partnership,
    Rating,
    StaffRole,
)
from fans.connections.widgets import STEPS, Boxes, Chips, DayInput, RatingBoxes
from fans.people.models import Person
from homes.models import Home
from intake.guarded import GuardedText

LONG_AGO: Final = dt.timedelta(days=2 * 366)
"""A day longer ago than this is a slip of the finger, not something logged now."""

SYMBOLS: Final = {"in": "way-in", "out": "way-out", "online": "online", "letter": "letter"}
DAYS: Final = [("today", "Today"), ("yesterday", "Yesterday"), ("other", "Another day")]
NOT_AN_ANSWER: Final = {
    "required": "Choose one.",
    "invalid_choice": "“%(value)s” is not one of the answers. Choose one of them.",
}


def count_field(label: str, *, most: int, **options: Any) -> forms.IntegerField:
    """A number of people: from 0, or left open."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=False,
        widget=forms.NumberInput(STEPS),
        **options,
    )


def choice_field(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    """One answer of several, with refusals in plain words."""
    return forms.ChoiceField(
        label=label, choices=choices, error_messages=NOT_AN_ANSWER, **options
    )


class LogForm(GuardedText, forms.Form):
    """What happened between a home and one of its neighbours."""

    guarded = ("note",)

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    who = forms.CharField(label="Who was it with?", max_length=40, required=False)
    when = choice_field("When?", DAYS, widget=Boxes(narrowest="min-5"), initial="today")
    happened_on = forms.DateField(label="Which day?", required=False, widget=DayInput)
    direction = choice_field(
        "Which way?", Direction.choices, widget=Boxes(narrowest="min-7", symbols=SYMBOLS)
    )
    residents_count = count_field(
        "How many who live here?", most=500, help_text="A number only, never names."
    )
    community_count = count_field("How many neighbours?", most=5000)
    children_count = count_field("How many of them under 18?", most=5000)
    home_gives = forms.MultipleChoiceField(
        label="We gave", required=False, widget=Chips, error_messages=NOT_AN_ANSWER
    )
    partner_gives = forms.MultipleChoiceField(
        label="They gave",
        choices=Gift.choices,
        required=False,
        widget=Chips,
        error_messages=NOT_AN_ANSWER,
    )
    origin = choice_field(
        "Whose idea was it?",
        [*Origin.choices, ("", "Not sure")],
        required=False,
        widget=Boxes(narrowest="min-7"),
    )
    rating = choice_field("How did it go?", Rating.choices, required=False, widget=RatingBoxes)
    type = choice_field(
        "What was it?",
        [("", "A visit, a trip, a call or a letter"), *ConnectionType.choices],
        required=False,
    )
    occurrences = forms.IntegerField(
        label="How many times?",
        min_value=1,
        max_value=200,
        required=False,
        widget=forms.NumberInput(STEPS),
        help_text="More than once in some days, such as each Tuesday of a month.",
    )
    until_on = forms.DateField(
        label="Up to which day?",
        required=False,
        widget=DayInput,
        help_text="The last day, where it was more than one: at most 31 days in all.",
    )
    staff_roles = forms.MultipleChoiceField(
        label="Staff who joined in",
        choices=StaffRole.choices,
        required=False,
        widget=Chips,
        error_messages=NOT_AN_ANSWER,
    )
    paid = forms.BooleanField(label="We paid for it", required=False)
    note = forms.CharField(
        label="A note",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="About places and groups. No names, no room numbers, nothing about "
        "anybody’s health.",
    )

    def __init__(self, *args: Any, home: Home, person: Person, **kwargs: Any) -> None:
        self.home, self.person = home, person
        kwargs["initial"] = {"client_uuid": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        gives = self.fields["home_gives"]
        assert isinstance(gives, forms.MultipleChoiceField)  # noqa: S101 (typed above)
        gives.choices = [*Gift.choices, *offers(home)]
        self.chosen = self._chosen()
        if self.chosen is None:
            self.fields["who"].widget = forms.Select(choices=who_choices(home))
        else:
            self.fields["who"].widget = forms.HiddenInput()

    def _chosen(self) -> Candidate | None:
        value = self.data.get("who") if self.is_bound else self.initial.get("who")
        return candidate_of(str(value or ""), home=self.home, person=self.person)

    def clean_who(self) -> Candidate:
        """Give the tie or the place that was chosen."""
        if self.chosen is None:
            raise forms.ValidationError("Choose who it was with.", code="required")
        return self.chosen

    def clean(self) -> dict[str, Any]:
        """Work out the day."""
        cleaned: dict[str, Any] = super().clean() or {}
        today = timezone.localdate()
        when, day = cleaned.get("when"), cleaned.get("happened_on")
        if when == "other":
            if day is None and "happened_on" not in self.errors:
                self.add_error("happened_on", "Put the day it happened.")
            elif day and day < today - LONG_AGO:
                self.add_error("happened_on", "That is long ago. Is the year right?")
        elif day is not None:
            chosen = dict(DAYS).get(str(when), "")
            self.add_error(
                "happened_on", f"You chose “{chosen}” and put a day. Leave one of them out."
            )
        elif when:
            cleaned["happened_on"] = today - dt.timedelta(days=when == "yesterday")
        return cleaned

    def entry(self) -> dict[str, Any]:
        """Give what was said as the arguments of ``log_connection``."""
        said = dict(self.cleaned_data)
        said.pop("when")
        who = said.pop("who")
        said["partnership" if isinstance(who, Partnership) else "asset"] = who
        said["occurrences"] = said["occurrences"] or 1
        said["rating"] = int(said["rating"]) if said["rating"] else None
        return said

    def refuse(self, error: ConnectionsError | forms.ValidationError) -> None:
        """Say what the log refused beside the question that is meant."""
        if isinstance(error, AlreadyLoggedError) and isinstance(self.data, QueryDict):
            # Saving again is then a new entry, as the words say.
            fresh = self.data.copy()
            fresh["client_uuid"] = str(uuid.uuid4())
            self.data = fresh
        if isinstance(error, ConnectionsError):
            field = {"partnership": "who", "asset": "who"}.get(error.field, error.field)
            words = {field: [str(error)]}
        else:
            words = error.message_dict
        for field, lines in words.items():
            shown = field in self.fields and field != "client_uuid"
            self.add_error(field if shown else None, lines)


def who_choices(home: Home) -> list[Any]:
    """Return a home's ties by name, then the places near it, the nearest first."""
    ties = sorted(standing_ties(home), key=lambda tie: str(tie.partner).casefold())
    groups = [
        ("Your ties", [(value_of(tie), str(tie.partner)) for tie in ties]),
        (
            "Places near you, the nearest first",
            [(value_of(place), place.name) for place in places_near(home)],
        ),
    ]
    return [("", "Choose"), *[group for group in groups if group[1]]]


class SearchForm(forms.Form):
    """A name to look for among the places."""

    q = forms.CharField(label="Look for a place or group", max_length=80, required=False)


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
