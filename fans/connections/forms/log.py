"""What happened: the questions of the log."""

import uuid
from typing import Any, Final, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict

from fans.connections.asking import (
    NOT_AN_ANSWER,
    SYMBOLS,
    WhenForm,
    choice_field,
    count_field,
)
from fans.connections.candidates import Candidate, candidate_of, who_choices
from fans.connections.errors import AlreadyLoggedError, ConnectionsError
from fans.connections.gifts import offers
from fans.connections.models import (
    Arranger,
    ConnectionType,
    Direction,
    Gift,
    Origin,
    Partnership,
    Rating,
    StaffRole,
)
from fans.connections.newcomer_form import NewcomerForm
from fans.connections.services.telling import Told
from fans.connections.widgets import STEPS, Boxes, Chips, DayInput, RatingBoxes
from fans.connections.wishes.models import Wish, WishQuerySet
from fans.people.models import Person
from homes.models import Home
from intake.guarded import GuardedText

SOMEONE_NEW: Final = "new"
"""What "who" says where it is none of the ties and places: then a name is asked for."""

GRANT: Final = "wishes.keep"
_BESIDE: Final = {"partnership": "who", "asset": "who", "connection": "wish", "on": "wish"}
"""Where the words of a refusal stand: an argument of the services, and our question."""


class WishField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of a home's open wishes, in its words."""

    def label_from_instance(self, obj: Wish) -> str:
        """Say the wish."""
        return obj.text


class LogForm(WhenForm, GuardedText):
    """What happened between a home and one of its neighbours."""

    guarded = ("note",)
    field_order = ("client_uuid", "who", "when", "happened_on")

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    who = forms.CharField(label="Who was it with?", max_length=40, required=False)
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
    wish = WishField(
        Wish.objects.none(),
        label="Did this grant a wish?",
        required=False,
        empty_label="No, or not one of those that hang here",
        error_messages={"invalid_choice": "This wish does not wait any more. Choose another."},
    )
    arranged_by = choice_field(
        "Who arranged it?",
        [("", "Whoever arranges this tie"), *Arranger.choices],
        required=False,
    )
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
        self.is_new = self.chosen is None and self._said("who") == SOMEONE_NEW
        self.newcomer = NewcomerForm(
            self.data if self.is_bound and self.is_new else None,
            home=home,
            person=person,
            prefix="new",
            initial={"name": self.initial.get("name", "")},
            use_required_attribute=False,
        )
        self._offer_who()
        self._offer_wishes()

    def _said(self, name: str) -> str:
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        return str(value or "")

    def _chosen(self) -> Candidate | None:
        return candidate_of(self._said("who"), home=self.home, person=self.person)

    def _offer_who(self) -> None:
        if self.chosen is not None:
            self.fields["who"].widget = forms.HiddenInput()
            tie = self.chosen
            arranger = tie.arranged_by if isinstance(tie, Partnership) else ""
            self.initial["arranged_by"] = self.initial.get("arranged_by") or arranger
            return
        new = (SOMEONE_NEW, "Someone new, who is not in this list")
        choices = [*who_choices(self.home), new]
        self.fields["who"].widget = forms.Select(choices=choices)

    def _offer_wishes(self) -> None:
        wishes = self._wishes()
        if wishes is None or not wishes.exists():
            del self.fields["wish"]
            return
        field = self.fields["wish"]
        assert isinstance(field, WishField)  # noqa: S101 (typed above)
        field.queryset = wishes

    def _wishes(self) -> WishQuerySet | None:
        """Return the home's open wishes, and what this very form granted when sent before."""
        if not self.person.has_perm(GRANT, self.home):
            return None
        waits = Q(pk__in=Wish.objects.open().values("pk"))
        try:
            by_this = Q(connection__client_uuid=uuid.UUID(self._said("client_uuid")))
        except ValueError:
            by_this = Q(pk=None)
        return Wish.objects.of_home(self.home).filter(waits | by_this)

    def is_valid(self) -> bool:
        """Look over the questions about somebody new as well, where they were asked."""
        valid = super().is_valid()
        return self.newcomer.is_valid() and valid if self.is_new else valid

    @property
    def needs_a_look(self) -> bool:
        """Say whether anything was refused, of the entry or of somebody new."""
        return bool(self.errors or (self.is_new and self.newcomer.errors))

    def clean_who(self) -> Candidate | None:
        """Give the tie or the place that was chosen; None for somebody new."""
        if self.chosen is None and not self.is_new:
            raise forms.ValidationError("Choose who it was with.", code="required")
        return self.chosen

    def told(self) -> Told:
        """Give what was said as the arguments of ``tell``."""
        said = dict(self.cleaned_data)
        said.pop("when")
        who = said.pop("who")
        if who is None and (who := self.newcomer.chosen) is None:
            said["newcomer"] = self.newcomer.someone()
        elif isinstance(who, Partnership):
            said["partnership"] = who
            said["arranged_by"] = said["arranged_by"] or who.arranged_by
        else:
            said["asset"] = who
        said["occurrences"] = said["occurrences"] or 1
        said["rating"] = int(said["rating"]) if said["rating"] else None
        return cast(Told, said)

    def refuse(self, error: ConnectionsError | forms.ValidationError) -> None:
        """Say what the log refused beside the question that is meant."""
        if isinstance(error, AlreadyLoggedError) and isinstance(self.data, QueryDict):
            # Saving again is then a new entry, as the words say.
            fresh = self.data.copy()
            fresh["client_uuid"] = str(uuid.uuid4())
            self.data = fresh
        if self.is_new and self._is_about_newcomer(error):
            self.newcomer.refuse(error)
            return
        if isinstance(error, ConnectionsError):
            words = {_BESIDE.get(error.field, error.field): [str(error)]}
        else:
            words = error.message_dict
        for field, lines in words.items():
            shown = field in self.fields and field != "client_uuid"
            self.add_error(field if shown else None, lines)

    def _is_about_newcomer(self, error: ConnectionsError | forms.ValidationError) -> bool:
        if isinstance(error, ConnectionsError):
            return error.field in {"partnership", *self.newcomer.fields}
        return any(field in {"own_category", "name", "kind"} for field in error.message_dict)
