"""Forms of places' own people, and of champions who answer them."""

import re
from typing import Any, Final, cast

from django import forms

from assets.cleaning import clean_text
from assets.facts import FIELDS
from assets.forms import EditForm
from assets.models import Asset
from fans.people.partners.models import Claim
from intake.guarded import GuardedText

TRAP: Final = "company"
"""A field that nobody sees, and machines fill."""
_PRIVATE: Final = "who_to_ask"
_OWN_LABELS: Final = {
    "could_give": "What could you give?",
    "would_love": "What would you love?",
}
_ALONG: Final = ("location_precision", "location_source")


_AN_ADDRESS: Final = re.compile(r"://|@|\bwww\.|\w\.[a-z]{2,}(?:/|$)", re.IGNORECASE)


class ClaimForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who says that a place is theirs: as little as a champion needs to know them by.

    The place itself reads these words in a mail of ours: they are one line, and lead nowhere.
    """

    class Meta:
        model = Claim
        fields = ("name", "role", "email")
        labels = {
            "name": "Your name",
            "role": "What do you do there?",
            "email": "Your e-mail address",
        }
        help_texts = {
            "name": "A first name is enough",
            "role": "Such as warden, secretary, owner",
            "email": "If you like. We write to it only once a champion has said yes.",
        }
        error_messages = {
            "name": {"required": "Put your name, so that a champion knows who asks."},
            "role": {"required": "Put what you do there."},
        }
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "role": forms.TextInput({"autocomplete": "organization-title"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
        }

    def clean_name(self) -> str:
        """Take a name, and no more."""
        return self._words("name")

    def clean_role(self) -> str:
        """Take a few words, and no more."""
        return self._words("role")

    def _words(self, field: str) -> str:
        words = clean_text(self.cleaned_data[field])
        if _AN_ADDRESS.search(words):
            raise forms.ValidationError("Put words alone: no web or e-mail address.")
        return words


class GoneForm(GuardedText, forms.Form):
    """That a place is gone, in its people's own words if they like."""

    guarded = ("note",)

    note = forms.CharField(
        label="What happened?",
        max_length=500,
        required=False,
        help_text="If you like: closed, moved, goes by another name",
        widget=forms.Textarea({"rows": 3}),
    )


class ChangesForm(EditForm):
    """What everybody may read of a place, for its own people to put right; without a map."""

    note = forms.CharField(
        label="Anything else that a champion should know?",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    rest_is_right = forms.BooleanField(
        label="All the rest is right as it stands", required=False
    )
    guarded = (*EditForm.guarded, "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields[_PRIVATE]
        for name in ("lon", "lat"):  # a new postcode moves the pin; nobody types degrees
            self.fields[name].widget = forms.HiddenInput()
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                field.choices = [
                    (value, "Not said" if value == "unknown" else label)
                    for value, label in list(cast(Any, field.choices))
                ]
            if name in _OWN_LABELS:
                field.label = _OWN_LABELS[name]
        self.order_fields([*FIELDS, "note", "rest_is_right"])
        kinds = self.fields["category"]
        kinds.widget = forms.Select(choices=kinds.choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Keep what only people who arrange ties see as it is."""
        data = super().clean()
        data[_PRIVATE] = getattr(self.asset, _PRIVATE)
        return data

    def changes(self) -> dict[str, Any]:
        """Return what is said otherwise than it stands, as the services take it."""
        said: dict[str, Any] = {**self.details()}
        changed = {
            name: value for name, value in said.items() if value != getattr(self.asset, name)
        }
        along: dict[str, Any] = {}
        if "location" in changed:
            along = {name: said[name] for name in _ALONG if name in said}
        return {**changed, **along}


class GivesAndAsksForm(GuardedText, forms.ModelForm):  # type: ignore[type-arg]
    """What a place could give a care home, and what it would love."""

    guarded = ("could_give", "would_love")

    class Meta:
        model = Asset
        fields = ("could_give", "would_love")
        labels = {
            "could_give": "What could you give?",
            "would_love": "What would you love?",
        }
        help_texts = {
            "could_give": "One a line: a room, an hour of music, seedlings",
            "would_love": "One a line: listeners, stories, a hand with the watering",
        }
        widgets = {
            "could_give": forms.Textarea({"rows": 4}),
            "would_love": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def details(self) -> dict[str, Any]:
        """Return what a valid form says, as the services take it."""
        return {
            name: self.cleaned_data[name].replace("\r\n", "\n").strip() for name in self.fields
        }


class VouchForm(forms.Form):
    """A champion's word for somebody, and where to invite them."""

    email = forms.EmailField(
        label="Invite them at",
        help_text="An address that you know to be theirs.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    known = forms.BooleanField(
        label="I know them, and that they speak for this place",
        error_messages={"required": "Tick this only if you know them. If not, ring the place."},
    )


class WordsForm(GuardedText, forms.Form):
    """Why something is refused or ended."""

    guarded = ("words",)

    words = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say why, in a sentence that they can read."},
    )
