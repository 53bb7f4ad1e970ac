"""Forms to add a photo, and to decide about one."""

import datetime as dt
import uuid
from base64 import b64encode
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils import timezone

from assets.photos.errors import NotAPhotoError
from assets.photos.holding import held, hold
from assets.photos.models import Photo
from assets.photos.pictures import Picture, read_picture
from intake.guarded import GuardedText
from intake.limits import in_words

_ALT: Final = "What is to be seen?"
_ALT_HELP: Final = (
    "In a sentence, for those who cannot see it: “A red door with a ramp, roses beside it.”"
)
_RELOAD: Final = dict.fromkeys(
    ("required", "invalid"), "Something went wrong on our side. Please send it once more."
)
_UNTIL: Final = (
    "Put the last day on which they agree to be seen: today, or later. If somebody has not "
    "agreed, take the photo without them."
)


def _alt() -> forms.CharField:
    return forms.CharField(
        label=_ALT,
        max_length=Photo._meta.get_field("alt").max_length,
        required=False,
        help_text=_ALT_HELP,
    )


class AboutPeople(forms.Form):
    """Whether somebody can be recognised, and until when they agreed."""

    shows_people = forms.BooleanField(
        label="Somebody can be recognised, and all of them agreed", required=False
    )
    permission_until = forms.DateField(
        label="They agreed until",
        required=False,
        help_text="Only where somebody can be recognised.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Put a day, such as 30 June 2027."},
    )

    def clean_permission_until(self) -> dt.date | None:
        """Ask for a day that is not over where somebody can be recognised."""
        until: dt.date | None = self.cleaned_data["permission_until"]
        if not self.cleaned_data.get("shows_people"):
            return None
        if self.wants_a_day and (until is None or until < timezone.localdate()):
            raise forms.ValidationError(_UNTIL)
        return until

    @property
    def wants_a_day(self) -> bool:
        """Whether the day matters: it does not for a photo that is not to be shown."""
        return True


class PhotoFields(AboutPeople):
    """A photo among the fields of a form; left out, the rest counts for nothing.

    ``by``: who sends it. A photo of theirs that came before, with a form that had to ask
    again, is kept for them.
    """

    photo = forms.FileField(
        label="Photo",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": "The file is empty."},
    )
    photo_held = forms.CharField(required=False, widget=forms.HiddenInput)
    photo_uuid = forms.UUIDField(
        required=False, widget=forms.HiddenInput, initial=uuid.uuid4, error_messages=_RELOAD
    )
    alt = _alt()

    def __init__(
        self, *args: Any, by: Any = None, too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.too_large = too_large
        self.picture: Picture | None = None
        self.order_fields(["photo", "photo_held", "photo_uuid", "alt"])

    def clean_photo(self) -> Picture | None:
        """Read the picture, now or as it was kept, and keep it in case the form comes again."""
        if self.too_large:
            most = in_words(settings.PHOTO_LIMITS["bytes"])
            raise forms.ValidationError(f"The photo is too large: at most {most} are taken.")
        sent = self.cleaned_data["photo"]
        try:
            self.picture = read_picture(sent) if sent else self._held()
        except NotAPhotoError as error:
            raise forms.ValidationError(str(error)) from error
        if self.picture is None and self.fields["photo"].required:
            raise forms.ValidationError("Choose a photo.")
        return self.picture

    @property
    def wants_a_day(self) -> bool:
        """Nobody is asked about people in no photo."""
        return self.picture is not None

    def keep_for_later(self) -> None:
        """Keep the photo for when the form is sent again: a browser would lose it."""
        if self.picture is not None and self.is_bound:
            seal = hold(self.picture, by=self.by)
            sent = {name: self.data[name] for name in self.data}
            self.data = {**sent, self.add_prefix("photo_held"): seal}
            if not seal:
                self.picture = None  # to be chosen anew, so it is not shown as kept

    @property
    def preview(self) -> str:
        """The photo that is kept, small, as an image's source; "" without one."""
        if self.picture is None:
            return ""
        return f"data:image/jpeg;base64,{b64encode(self.picture.small).decode()}"

    def photo_details(self) -> dict[str, Any]:
        """Return what a valid form says of its photo, as the service takes it."""
        return {
            "file": self.picture,
            "alt": self.cleaned_data["alt"],
            "client_uuid": self.cleaned_data["photo_uuid"],
            "shows_people": self.cleaned_data["shows_people"],
            "permission_until": self.cleaned_data["permission_until"],
        }

    def _held(self) -> Picture | None:
        seal = self.data.get(self.add_prefix("photo_held"), "")
        return held(seal, by=self.by) if seal and self.by is not None else None


class PhotoForm(GuardedText, PhotoFields):
    """A photo of a place that is there."""

    guarded = ("alt",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alt"].required = True
        self.fields["alt"].error_messages["required"] = (
            "Say what is to be seen, for those who cannot see it."
        )
        self.fields["photo"].widget.is_required = True

    def clean_photo(self) -> Picture:
        """Ask for a photo."""
        picture = super().clean_photo()
        if picture is None:
            raise forms.ValidationError("Choose a photo.")
        return picture


class DecideForm(GuardedText, AboutPeople):
    """What a champion says of a photo: what is to be seen, who is, and whether to show it."""

    guarded = ("alt", "reason")

    alt = _alt()
    reason = forms.CharField(
        label="Why not?",
        max_length=Photo._meta.get_field("reason").max_length,
        required=False,
        help_text="Whoever took it reads this.",
    )

    def __init__(self, data: Any = None, *, photo: Photo) -> None:
        initial = {
            "alt": photo.alt,
            "shows_people": photo.shows_people,
            "permission_until": photo.permission_until,
        }
        super().__init__(data, initial=initial, auto_id=f"photo-{photo.pk}-%s")
        self.order_fields(["alt", "shows_people", "permission_until", "reason"])

    @property
    def wants_a_day(self) -> bool:
        """Whether the photo is to be shown."""
        return "refuse" not in self.data
