"""What is asked when a wish goes up, comes true or is let go, and when somebody is thanked."""

import uuid
from typing import Any, Final

from django import forms
from django.utils import timezone

from fans.connections.errors import ConnectionsError
from fans.connections.forms import choice_field
from fans.connections.models import OVER, Connection, Partnership
from fans.connections.widgets import Boxes, Chips, DayInput
from fans.connections.wishes import tags
from fans.connections.wishes.models import FromWhom, HowMany, LetGoWhy, Thanks, Wish
from homes.models import Home
from intake.free_text import Doubt
from intake.guarded import GuardedText
from intake.resident_text import resident_doubts

LATEST: Final = 30
"""So many log entries are offered as what granted a wish: the log has the others."""


class GuardedWords(GuardedText):
    """Asks about first names, rooms and illnesses as well."""

    def doubts_in(self, text: str) -> list[Doubt]:
        """Return what may tell who in the home is meant."""
        return resident_doubts(text)


def refuse(form: forms.Form, error: ConnectionsError | forms.ValidationError) -> None:
    """Say what a service refused beside the question that is meant."""
    if isinstance(error, ConnectionsError):
        words = {error.field: [str(error)]}
    else:
        words = error.message_dict
    for field, lines in words.items():
        shown = field in form.fields and field != "client_uuid"
        form.add_error(field if shown else None, lines)


class WishForm(GuardedWords, forms.Form):
    """A wish: its words, and little more."""

    guarded = ("text",)

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # Scripts set it once the page itself has suggested tags: an empty choice is then one.
    chosen = forms.BooleanField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="Someone here would love …",
        max_length=200,
        widget=forms.Textarea({"rows": 2, "data-wish": "", "autocomplete": "off"}),
        help_text="Such as “to hear an accordion again”. No names, no rooms, nothing about "
        "anybody’s health.",
        error_messages={"required": "Put what would be lovely."},
    )
    tags = forms.MultipleChoiceField(
        label="What is it about?",
        choices=tags.choices,
        required=False,
        widget=Chips,
        error_messages={"invalid_choice": "“%(value)s” is not in the list. Choose others."},
    )
    from_whom = choice_field(
        "Who said so?",
        FromWhom.choices,
        widget=Boxes(narrowest="min-7"),
        initial=FromWhom.RESIDENT,
    )
    how_many = choice_field(
        "For how many?",
        HowMany.choices,
        widget=Boxes(narrowest="min-5"),
        initial=HowMany.ONE,
    )

    def __init__(self, *args: Any, wish: Wish | None = None, **kwargs: Any) -> None:
        known: dict[str, Any] = {"client_uuid": uuid.uuid4()}
        if wish is not None:
            names = ("text", "tags", "from_whom", "how_many")
            known = {name: getattr(wish, name) for name in names}
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.is_new = wish is None

    def clean_tags(self) -> list[str]:
        """Refuse more than a few."""
        chosen: list[str] = self.cleaned_data["tags"]
        if len(chosen) > tags.MOST_TAGS:
            raise forms.ValidationError(f"Choose at most {tags.MOST_TAGS}.")
        return chosen

    def said(self) -> dict[str, Any]:
        """Give the answers as arguments; without any tag, those that the words speak of."""
        said = dict(self.cleaned_data)
        chosen, number = said.pop("chosen"), said.pop("client_uuid")
        if not self.is_new:
            return said
        if not said["tags"] and not chosen:
            said["tags"] = tags.suggested(said["text"])
        return said | {"client_uuid": number}


class EntryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One entry of a home's log, told by its day, its partner and what happened."""

    def label_from_instance(self, obj: Connection) -> str:
        """Say when, with whom and what."""
        day = obj.counted_day
        return f"{day.day} {day:%B}: {obj.partnership.partner}, {obj.get_type_display()}"


class GrantForm(forms.Form):
    """What granted a wish: an entry of the log, or just the day."""

    connection = EntryField(
        Connection.objects.none(),
        label="What granted it?",
        required=False,
        empty_label="Something that is not in the log",
        error_messages={"invalid_choice": "Choose an entry of this home’s log."},
    )
    on = forms.DateField(
        label="On which day?",
        required=False,
        widget=DayInput,
        help_text="Only where the log has nothing of it.",
    )

    def __init__(self, *args: Any, wish: Wish, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        entries: Any = wish.home.connections.standing().with_day()
        entries = entries.filter(counted_on__gte=wish.taken_on)
        entry = self.fields["connection"]
        assert isinstance(entry, EntryField)  # noqa: S101 (typed above)
        entry.queryset = entries.select_related("partnership__partner__asset")
        shown = entry.queryset.order_by("-counted_on", "-pk")[:LATEST]
        label = entry.label_from_instance
        entry.choices = [("", entry.empty_label), *[(row.pk, label(row)) for row in shown]]

    def said(self) -> dict[str, Any]:
        """Give the entry, or the day where there is none: an entry has its own."""
        entry = self.cleaned_data["connection"]
        return {"connection": entry} if entry else {"on": self.cleaned_data["on"]}


class LetGoForm(forms.Form):
    """Why nobody waits for it any more."""

    why = choice_field("Why?", LetGoWhy.choices, widget=Boxes(narrowest="min-10"))


class TieField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of a home's ties, called by its partner."""

    def label_from_instance(self, obj: Partnership) -> str:
        """Name the partner."""
        return str(obj.partner)


class ThanksForm(GuardedWords, forms.Form):
    """A few words for a card."""

    guarded = ("text",)

    partnership = TieField(
        Partnership.objects.none(),
        label="Whom to thank?",
        empty_label="Choose",
        error_messages={
            "required": "Choose whom to thank.",
            "invalid_choice": "Choose one of this home’s ties.",
        },
    )
    text = forms.CharField(
        label="What to say?",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Such as “The whole lounge sang along. Come again!” No names of people who "
        "live here.",
        error_messages={"required": "Put a few words of thanks."},
    )

    def __init__(self, *args: Any, home: Home, wish: Wish | None = None, **kwargs: Any) -> None:
        if wish is not None and wish.connection is not None:
            initial = {"partnership": wish.connection.partnership_id}
            kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        tie = self.fields["partnership"]
        assert isinstance(tie, TieField)  # noqa: S101 (typed above)
        ties = home.partnerships.exclude(status__in=OVER)
        tie.queryset = ties.select_related("partner__asset")


def thanks_waiting(home: Home) -> Any:
    """Return a home's thank-yous that nobody has handed over yet."""
    waiting = Thanks.objects.filter(home=home).not_given().exclude(text="")
    return waiting.select_related("partnership__partner__asset")
