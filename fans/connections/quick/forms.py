"""What is asked of whoever scans a sheet, and of whoever makes one."""

import datetime as dt
import uuid
from typing import Any, Final

from django import forms
from django.utils import timezone

from fans.connections.asking import SYMBOLS, WhenForm, choice_field, count_field
from fans.connections.errors import ConnectionsError
from fans.connections.models import Direction, Rating
from fans.connections.quick.offered import shown_ties
from fans.connections.quick.services.noting import LONG_AGO, Said
from fans.connections.widgets import Boxes, RatingBoxes
from homes.models import Home
from intake.guarded import GuardedText
from intake.words import seen

SOMEONE_ELSE: Final = "other"
_RELOAD: Final = dict.fromkeys(
    ("required", "invalid"), "Something went wrong on our side. Please send it once more."
)
_BESIDE: Final = {"who": "other", "partnership": "who"}


class NoteForm(WhenForm, GuardedText):
    """What happened, as somebody says in half a minute; nothing else of the home is shown."""

    guarded = ("other", "note")
    longest_ago = LONG_AGO
    too_long_ago = "That is more than a month ago. Tell the office: they can log it."
    field_order = ("client_uuid", "who", "other", "when", "happened_on")

    client_uuid = forms.UUIDField(
        label="This form", widget=forms.HiddenInput, initial=uuid.uuid4, error_messages=_RELOAD
    )
    who = choice_field("Who was it with?", [], widget=Boxes(narrowest="min-7"))
    other = forms.CharField(
        label="Which group, place or neighbour?",
        max_length=80,
        required=False,
        help_text="A group or place by its name, a neighbour by what they do: “Accordion "
        "player”. Never the name of anybody who lives here.",
    )
    direction = choice_field(
        "Which way?", Direction.choices, widget=Boxes(narrowest="min-7", symbols=SYMBOLS)
    )
    residents_count = count_field(
        "How many who live here?", most=500, help_text="A number only, never names."
    )
    community_count = count_field("How many neighbours?", most=5000)
    rating = choice_field("How did it go?", Rating.choices, required=False, widget=RatingBoxes)
    note = forms.CharField(
        label="A note",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="About places and groups. No names, no room numbers, nothing about "
        "anybody’s health.",
    )

    def __init__(self, *args: Any, home: Home, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ties = {str(tie.pk): tie for tie in shown_ties(home)}
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101 (typed above)
        named = [(pk, str(tie.partner)) for pk, tie in self.ties.items()]
        who.choices = [*named, (SOMEONE_ELSE, "Someone else")]

    def clean_other(self) -> str:
        """Leave out what nobody sees: anybody who scans the sheet may send it."""
        return seen(self.cleaned_data["other"])

    def clean_note(self) -> str:
        """Leave out what nobody sees, such as what turns the words after it round."""
        return seen(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        """Ask who it was, where it was someone else."""
        cleaned = super().clean()
        who, other = cleaned.get("who"), (cleaned.get("other") or "").strip()
        if who == SOMEONE_ELSE and not other and "other" not in self.errors:
            self.add_error("other", "Say who it was.")
        elif who and who != SOMEONE_ELSE and other:
            words = "You chose one of the list and put a name. Leave one of them out."
            self.add_error("other", words)
        return cleaned

    def noted(self) -> Said:
        """Give what was said as the arguments of ``note_entry``."""
        said = self.cleaned_data
        return Said(
            partnership=self.ties.get(said["who"]),
            who=said["other"].strip(),
            happened_on=said["happened_on"],
            direction=said["direction"],
            residents_count=said["residents_count"],
            community_count=said["community_count"],
            rating=int(said["rating"]) if said["rating"] else None,
            note=said["note"],
        )

    def refuse(self, error: ConnectionsError | forms.ValidationError) -> None:
        """Say what was refused beside the question that is meant."""
        if isinstance(error, ConnectionsError):
            field = _BESIDE.get(error.field, error.field)
            self.add_error(field if field in self.fields else None, str(error))
            return
        for words in error.messages:
            self.add_error(None, words)


class CodeForm(GuardedText, forms.Form):
    """Where a new sheet hangs, and for how long it works."""

    guarded = ("hangs_at",)

    hangs_at = forms.CharField(
        label="Where will it hang?",
        max_length=40,
        required=False,
        help_text="Such as “Staff room”. So that you know which sheet to take down.",
    )
    months = choice_field(
        "How long shall it work?",
        [("1", "One month"), ("3", "Three months"), ("6", "Half a year"), ("12", "A year")],
        widget=Boxes(narrowest="min-7"),
        initial="3",
    )

    def expires_on(self) -> dt.date:
        """Return the sheet's last good day."""
        days = {"1": 31, "3": 92, "6": 183, "12": 365}[self.cleaned_data["months"]]
        return timezone.localdate() + dt.timedelta(days=days)
