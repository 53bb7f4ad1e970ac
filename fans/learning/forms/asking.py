"""What the forms of plans have in common. No name of anybody who lives here."""

import uuid
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.text import Truncator

from fans.connections.models import OVER, Partnership
from fans.connections.widgets import Chips
from fans.connections.wishes.models import Wish
from fans.learning.errors import LearningError
from fans.learning.models import Plan
from fans.learning.services import Links
from fans.learning.signs import signs
from intake.free_text import Doubt
from intake.guarded import GuardedText
from intake.resident_text import resident_doubts

ONE_VOICE: Final = (
    "One person’s words can be recognised: say it so that nobody is known, or ask a second "
    "person first."
)
PERSON: Final = "person:"


def refuse(form: forms.Form, error: LearningError | forms.ValidationError) -> None:
    """Say what a service refused beside the question that is meant."""
    if isinstance(error, LearningError):
        words = {error.field: [str(error)]}
    else:
        words = error.message_dict
    for field, lines in words.items():
        form.add_error(field if field in form.fields else None, lines)


def text_field(
    label: str, *, most: int, required: str = "", rows: int = 3, **options: Any
) -> Any:
    """A few sentences; ``required``: what to say where there are none."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(required),
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": required},
        **options,
    )


class PlanWords(GuardedText):
    """Asks about first names, rooms and illnesses as well."""

    def doubts_in(self, text: str) -> list[Doubt]:
        """Return what may tell who in the home is meant."""
        return resident_doubts(text)


class SentOnce(forms.Form):
    """Mixin: the same form sent twice is one row."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fresh = {"client_uuid": uuid.uuid4()}
        kwargs["initial"] = fresh | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class Versioned(forms.Form):
    """Mixin: what the writer saw, so that nobody writes over what somebody else has said."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class LinksForm(forms.Form):
    """Mixin: the signs, wishes and ties of the home that it has to do with."""

    signs = forms.MultipleChoiceField(
        label="Which signs of being open?", required=False, widget=Chips
    )
    wishes = forms.TypedMultipleChoiceField(
        label="Which wishes?", coerce=int, required=False, widget=Chips
    )
    ties = forms.TypedMultipleChoiceField(
        label="Which ties?", coerce=int, required=False, widget=Chips
    )

    def offer(self, plan: Plan, chosen: Links) -> None:
        """Offer what is open in the home, and what is chosen already."""
        wishes = Wish.objects.filter(home=plan.home_id).exclude(text="")
        wishes = wishes.open() | wishes.filter(pk__in=chosen.wishes)
        ties = Partnership.objects.filter(home=plan.home_id)
        ties = ties.exclude(status__in=OVER) | ties.filter(pk__in=chosen.ties)
        offered: dict[str, list[tuple[Any, str]]] = {
            "signs": list(signs().items()),
            "wishes": [(row.pk, Truncator(row.text).chars(60)) for row in wishes],
            "ties": [
                (row.pk, str(row.partner)) for row in ties.select_related("partner__asset")
            ],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices
            field.error_messages["invalid_choice"] = "Choose from the list."

    @property
    def links(self) -> Links:
        """What was chosen."""
        said = self.cleaned_data
        return Links(tuple(said["signs"]), tuple(said["wishes"]), tuple(said["ties"]))


def links_of(rows: Iterable[Any]) -> Links:
    """Return what stands, from the rows."""
    found = list(rows)
    return Links(
        tuple(row.sign for row in found if row.sign),
        tuple(row.wish_id for row in found if row.wish_id),
        tuple(row.tie_id for row in found if row.tie_id),
    )
