"""Forms to suggest a place, or to say what is not right with one."""

import copy
import uuid
from typing import Any, Final

from django import forms

from assets.facts import FIELDS, PUBLIC
from assets.forms import EditForm, PlaceForm
from assets.models import Asset
from assets.proposals import limits
from assets.proposals.rough import roughly
from assets.proposals.values import from_json, same, stands
from intake.guarded import GuardedText

CONTACT: Final = "who_to_ask"
NOWHERE: Final = (
    "Where is it? Move the map under the cross, put a postcode, or say it in words."
)
TOO_FAST: Final = "That was very quick. Please look it over once more, and send it again."
_RELOAD: Final = dict.fromkeys(
    ("required", "invalid"), "Something went wrong on our side. Please send it once more."
)
_PLACED: Final = ("location", "postcode")


class Sealed(GuardedText, forms.Form):
    """What every suggestion has: words, perhaps an address, and a seal on what it showed."""

    guarded: tuple[str, ...] = ("note",)

    note = forms.CharField(
        label="What is not right?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In your own words, if you like. No names of people who live in a home.",
    )
    contact = forms.EmailField(
        label="Your e-mail, to hear what becomes of it",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="We write once, and then take it out. Nobody is shown it.",
        error_messages={
            "invalid": "Put an e-mail address in full, such as sam@example.org, or none."
        },
    )
    client_uuid = forms.UUIDField(
        label="This form", widget=forms.HiddenInput, initial=uuid.uuid4, error_messages=_RELOAD
    )
    seal = forms.CharField(label="This form", widget=forms.HiddenInput, error_messages=_RELOAD)

    def __init__(self, *args: Any, stranger: bool = True, **kwargs: Any) -> None:
        self.stranger = stranger
        super().__init__(*args, **kwargs)
        if not stranger:
            del self.fields["contact"]

    def clean_seal(self) -> dict[str, Any]:
        """Read the seal, and send back whoever was faster than people are."""
        sealed = limits.unseal(self.cleaned_data["seal"])
        if sealed is None:
            raise forms.ValidationError(_RELOAD["required"])
        if self.stranger and limits.is_too_fast(sealed):
            raise forms.ValidationError(TOO_FAST)
        return sealed

    def sent(self) -> dict[str, Any]:
        """Return what a valid form says beside the facts."""
        return {
            "note": plain_lines(self.cleaned_data["note"]),
            "contact": self.cleaned_data.get("contact", ""),
            "client_uuid": self.cleaned_data["client_uuid"],
        }


class Facts(PlaceForm):
    """The facts of a place as a form holds them, without those that are not for all."""

    def facts(self) -> dict[str, Any]:
        """Return what a valid form says of the place, by column."""
        said = {
            column: plain_lines(value)
            for column, value in self.cleaned_data.items()
            if column in FIELDS and column not in _PLACED
        }
        if self.placing is not None:
            said |= dict(self.placing.details())
        return said


class SuggestForm(Sealed, Facts):
    """A place that is not on the map, as anybody may know it."""

    # Not the words for the place: a postcode there is what is asked for.
    guarded = (*PlaceForm.guarded, "note")

    where_words = forms.CharField(
        label="Where is it, if you cannot find it on the map?",
        max_length=200,
        required=False,
        help_text="Such as: behind the library, Sale",
    )

    def __init__(self, *args: Any, sees_contact: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = "Anything else we should know?"
        self.fields["seal"].initial = limits.seal
        if not sees_contact:
            del self.fields[CONTACT]

    def _place(self, where: dict[str, str]) -> None:
        words = self.cleaned_data.get("where_words", "")
        if words and not any(where[name] for name in ("lon", "lat", "postcode")):
            self.placing = roughly(words)
            return
        super()._place(where)
        if self.errors.get("postcode") and not any(where.values()):
            self.errors["postcode"][:] = [NOWHERE]


class ChangeForm(Sealed, Facts, EditForm):
    """A place on the map, with what is shown of it to whoever says that it is not right.

    The facts that they saw come back under a seal: whatever they did not touch is not
    part of what they suggest, even where somebody has changed it meanwhile.
    """

    guarded = (*PlaceForm.guarded, "note")

    def __init__(
        self, data: Any = None, *, asset: Asset, sees_contact: bool, **kwargs: Any
    ) -> None:
        self.seen = _brought_back(data, asset) or shown(asset, sees_contact=sees_contact)
        super().__init__(data, asset=as_seen(asset, self.seen), **kwargs)
        del self.fields["seen_at"]
        self.fields["seal"].initial = limits.seal(asset=asset.pk, seen=self.seen)
        if not sees_contact:
            del self.fields[CONTACT]

    def clean_seal(self) -> dict[str, Any]:
        """Refuse the seal of another place's form."""
        sealed = super().clean_seal()
        if sealed.get("asset") != self.asset.pk:
            raise forms.ValidationError(_RELOAD["required"])
        return sealed

    def _place(self, where: dict[str, str]) -> None:
        if not any(where.values()) and self.asset.location is None:
            return  # nobody knows where it is, and nobody says
        super()._place(where)

    def touched(self) -> dict[str, Any]:
        """Return the facts that were changed, by column."""
        facts = self.facts()
        changed = {
            column: value
            for column, value in facts.items()
            if column in self.seen and not _same(value, from_json(column, self.seen[column]))
        }
        if "location" in changed:
            changed |= {name: facts[name] for name in FIELDS["location"].along}
        return changed

    def before(self) -> dict[str, Any]:
        """Return the facts as they were shown."""
        return {column: from_json(column, value) for column, value in self.seen.items()}


class GoneForm(Sealed):
    """That a place is closed or gone."""

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        super().__init__(*args, prefix="gone", **kwargs)
        self.fields["note"].label = "How do you know?"
        self.fields["seal"].initial = limits.seal(asset=asset.pk)


def plain_lines(value: Any) -> Any:
    """Drop what a browser does to the ends of lines."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def shown(asset: Asset, *, sees_contact: bool) -> dict[str, Any]:
    """Return the facts of an asset that somebody is shown, for JSON."""
    seen = stands(asset, FIELDS if sees_contact else PUBLIC)
    return seen | {"email": asset.shown_email()}


def as_seen(asset: Asset, seen: dict[str, Any]) -> Asset:
    """Return a copy of an asset, never to be saved, that says just what was shown."""
    twin = copy.copy(asset)
    for column in FIELDS:
        if column in seen:
            setattr(twin, column, from_json(column, seen[column]))
    return twin


def _brought_back(data: Any, asset: Asset) -> dict[str, Any] | None:
    sealed = limits.unseal(data.get("seal", "")) if data is not None else None
    if sealed is None or sealed.get("asset") != asset.pk:
        return None
    seen = sealed.get("seen")
    return seen if isinstance(seen, dict) else None


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.replace("\r\n", "\n").strip()
    return same(one, other)
