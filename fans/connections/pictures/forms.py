"""Forms to add a photo to a log entry, and to say what it shows."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone

from assets.photos.forms import PhotoFields
from fans.connections.pictures.models import Picture
from intake.guarded import GuardedText

_ALT_HELP: Final = (
    "In a sentence, for those who cannot see it: “Hands potting on beans.” No names."
)
_ABOUT: Final = ("shows_people", "permission_held", "permission_until")
_UNTIL: Final = "Put the last day that permission is given for: today, or later."


class AboutPeopleHere(forms.Form):
    """Whether somebody can be recognised, and whose permission the home holds."""

    shows_people = forms.BooleanField(
        label="Somebody can be recognised", required=False, initial=True
    )
    permission_held = forms.BooleanField(
        label="We hold the permission of each of them",
        required=False,
        help_text="Of children, by the school or their family. Without it only your own team "
        "sees the photo.",
    )
    permission_until = forms.DateField(
        label="Until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Put a day, such as 30 June 2027."},
    )

    def clean_permission_until(self) -> dt.date | None:
        """Ask for a day that is not over, where permission is held."""
        until: dt.date | None = self.cleaned_data["permission_until"]
        held = self.cleaned_data.get("shows_people") and self.cleaned_data.get(
            "permission_held"
        )
        if not held:
            return None
        if until is None or until < timezone.localdate():
            raise forms.ValidationError(_UNTIL)
        return until

    def about_people(self) -> dict[str, Any]:
        """Give what was said as the services take it."""
        return {name: self.cleaned_data[name] for name in _ABOUT}


class PictureForm(GuardedText, AboutPeopleHere, PhotoFields):
    """A photo of what happened."""

    guarded = ("alt",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["photo", "photo_held", "photo_uuid", "alt", *_ABOUT])
        self.fields["photo"].widget.is_required = True
        self.fields["alt"].help_text = _ALT_HELP

    def clean_photo(self) -> Any:
        """Ask for a photo."""
        picture = super().clean_photo()
        if picture is None:
            raise forms.ValidationError("Choose a photo.")
        return picture

    def picture_details(self) -> dict[str, Any]:
        """Return what a valid form says, as the service takes it."""
        return {
            "file": self.picture,
            "alt": self.cleaned_data["alt"],
            "client_uuid": self.cleaned_data["photo_uuid"],
            **self.about_people(),
        }


class AboutForm(GuardedText, AboutPeopleHere):
    """What a photo shows, and whose permission is held."""

    guarded = ("alt",)

    alt = forms.CharField(
        label="What is to be seen?",
        max_length=Picture._meta.get_field("alt").max_length,
        required=False,
        help_text="In a sentence, for those who cannot see it. No names.",
    )
    field_order = ("alt", *_ABOUT)

    def __init__(self, data: Any = None, *, picture: Picture) -> None:
        initial = {
            "alt": picture.alt,
            "shows_people": picture.shows_people,
            "permission_held": picture.permission_held,
            "permission_until": picture.permission_until,
        }
        super().__init__(data, initial=initial)

    def said(self) -> dict[str, Any]:
        """Return what a valid form says, as the service takes it."""
        return {"alt": self.cleaned_data["alt"], **self.about_people()}
