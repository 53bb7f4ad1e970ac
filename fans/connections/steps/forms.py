"""The questions of the three steps."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from fans.connections.alike import Alike
from fans.connections.asking import SYMBOLS, choice_field, count_field
from fans.connections.candidates import places_called
from fans.connections.errors import ConnectionsError
from fans.connections.models import DeclinedReason, Direction, PartnerKind
from fans.connections.newcomer_form import KINDS, NONE_OF_THESE, NewcomerForm
from fans.connections.steps.look_back import LookBack
from fans.connections.steps.models import MOST_TIMES, Acquaintance, HowOften, KnownBy
from fans.connections.ties.models import Answer, Channel
from fans.connections.widgets import Boxes, Chips, DayInput
from intake.guarded import GuardedText

LATER: Final = ""
FIRST_YEAR: Final = 1990


class Remembered(forms.Form):
    """What is remembered of somebody; ``look_back``: the days that are asked about."""

    known_by = forms.MultipleChoiceField(
        label="Who here knows them?",
        choices=KnownBy.choices,
        required=False,
        widget=Chips,
        help_text="Roles, never names.",
        error_messages={"invalid_choice": "“%(value)s” is not one of the roles."},
    )
    how_often = choice_field(
        "How often do you meet?", [("", "Not sure"), *HowOften.choices], required=False
    )
    last_on = forms.DateField(
        label="When did you meet last?",
        required=False,
        widget=DayInput,
        help_text="About when will do.",
        error_messages={"invalid": "Put a day, such as 3 November 2026."},
    )
    times = count_field("How many times?", most=MOST_TIMES)
    direction = choice_field(
        "Which way, mostly?",
        [*Direction.choices, ("", "Not sure")],
        required=False,
        widget=Boxes(narrowest="min-7", symbols=SYMBOLS),
    )

    def __init__(self, *args: Any, look_back: LookBack | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look_back = look_back
        if look_back is None or not look_back.is_open:
            del self.fields["times"]
        else:
            first, last = look_back.first, look_back.last
            words = f"{first.day} {first:%B} and {last.day} {last:%B}"
            self.fields["times"].label = f"How many times between {words}?"
            self.fields["times"].help_text = "From memory. Put 0 if you did not meet then."

    def clean_last_on(self) -> dt.date | None:
        """Refuse a day that is still to come, or that nobody can mean."""
        day: dt.date | None = self.cleaned_data["last_on"]
        if day is not None and day > timezone.localdate():
            raise ValidationError("That day is still to come. Put a day up to today.")
        if day is not None and day.year < FIRST_YEAR:
            raise ValidationError("That is long ago. Is the year right?")
        return day

    def remembered(self) -> dict[str, Any]:
        """Give what was said as the services take it."""
        names = ("known_by", "how_often", "last_on", "times", "direction")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def refuse(self, error: ConnectionsError | ValidationError) -> None:
        """Say what was refused beside the question that is meant."""
        if isinstance(error, ConnectionsError):
            field = {"happened_on": "last_on", "until_on": "last_on"}.get(
                error.field, error.field
            )
            self.add_error(field if field in self.fields else None, str(error))
            return
        for words in error.messages:
            self.add_error(None, words)

    @classmethod
    def said_of(cls, row: Acquaintance) -> dict[str, Any]:
        """Return what was said of somebody, as this form begins with it."""
        return {
            "known_by": row.known_by,
            "how_often": row.how_often,
            "last_on": row.last_on,
            "times": row.times,
            "direction": row.direction,
        }


class KnownForm(Remembered, NewcomerForm):
    """Somebody whom the home knows: a name alone, or who that is, and what is remembered."""

    kind = choice_field(
        "Who is it?",
        [(PartnerKind.ASSET, "A place on the map"), *KINDS, (LATER, "Sort it later")],
        widget=Boxes(narrowest="min-9"),
        required=False,
        initial=LATER,
    )
    field_order = ("same_as", "name", "kind", "category")

    def look(self) -> list[Alike]:
        """Offer the places whose name, address or words hold what was typed."""
        typed = str(self.data.get(self.add_prefix("name"), ""))
        # Nothing has looked at what was sent yet: the database searches for no NUL.
        text = " ".join(typed.replace("\0", " ").split())[:200]
        places = places_called(text, home=self.home, person=self.person) if text else []
        found = [Alike(place, _with_address(place), 1.0) for place in places]
        self.offer(found)
        return found

    def clean(self) -> dict[str, Any]:
        """Ask which place it is, where it is one."""
        cleaned: dict[str, Any] = super().clean() or {}
        answer = cleaned.get("same_as", "")
        if cleaned.get("kind") != PartnerKind.ASSET or answer not in ("", NONE_OF_THESE):
            return cleaned
        if answer == NONE_OF_THESE:
            self.add_error("kind", "Say who it is, if it is none of these places.")
        elif self.look():
            self.add_error("same_as", "Choose the place that you mean.")
        elif cleaned.get("name"):
            words = (
                f"No place called “{cleaned['name']}” is on the map. Choose a group, or later."
            )
            self.add_error("name", words)
        return cleaned

    def refuse(self, error: ConnectionsError | ValidationError) -> None:
        """Say what was refused, and offer whom they may mean."""
        if isinstance(error, ConnectionsError):
            self.offer(getattr(error, "found", []) or self.alike)
        super().refuse(error)


def _with_address(place: Any) -> str:
    return f"{place.name}, {place.address}" if place.address else str(place.name)


class DetailsForm(Remembered):
    """What is remembered of somebody who is sorted already."""


class NamesForm(GuardedText, forms.Form):
    """Many names at once, one on each line, to be sorted later."""

    guarded = ("names",)

    names = forms.CharField(
        label="One on each line",
        max_length=6000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Groups and places by name, people by what they do: “postwoman”, “a "
        "resident’s choir friend”. You sort them afterwards.",
        error_messages={"required": "Put down at least one."},
    )

    def lines(self) -> list[str]:
        """Give the names."""
        return str(self.cleaned_data["names"]).splitlines()


class AskedForm(forms.Form):
    """That somebody was asked: how, when, and when to come back to it."""

    channel = choice_field(
        "How did you ask?",
        [pair for pair in Channel.choices if pair[0] != Channel.MAIL],
        widget=Boxes(narrowest="min-9"),
        initial=Channel.PHONE,
    )
    asked_on = forms.DateField(
        label="When?", required=False, widget=DayInput, help_text="Today, if you leave it open."
    )
    follow_up_on = forms.DateField(
        label="When will you come back to it?", required=False, widget=DayInput
    )

    def refuse(self, error: ConnectionsError | ValidationError) -> None:
        """Say what was refused beside the question that is meant."""
        _refuse(self, error)


class AnswerForm(forms.Form):
    """What they said."""

    answer = choice_field(
        "What did they say?",
        [pair for pair in Answer.choices if pair[0] != Answer.WAITING],
        widget=Boxes(narrowest="min-9"),
    )
    reason = choice_field(
        "Why not?",
        [("", "Choose"), *DeclinedReason.choices],
        required=False,
        help_text="Only for a no. We do not suggest them to you again for such a reason.",
    )
    follow_up_on = forms.DateField(
        label="When will you come back to it?", required=False, widget=DayInput
    )

    def refuse(self, error: ConnectionsError | ValidationError) -> None:
        """Say what was refused beside the question that is meant."""
        _refuse(self, error)


def _refuse(form: forms.Form, error: ConnectionsError | ValidationError) -> None:
    if isinstance(error, ConnectionsError):
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return
    named = getattr(error, "error_dict", {})
    for field in named:
        form.add_error(field if field in form.fields else None, named[field])
    if not named:
        form.add_error(None, error)
