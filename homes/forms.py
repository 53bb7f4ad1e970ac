"""What is asked beside a register, and of a home that says what it offers."""

from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator

from homes.models import Home, HomeAsset, HomeAssetKind
from homes.registers.layouts import AUTO, LAYOUTS
from intake.guarded import GuardedText
from intake.tables import ENCODINGS

_ENCODING_LABELS: Final = {
    "utf-8": "UTF-8 (nearly all files)",
    "cp1252": "Windows 1252 (older spreadsheets)",
}


class RegisterForm(forms.Form):
    """Layout, encoding, and what the file leaves out."""

    layout = forms.ChoiceField(
        choices=[(AUTO, "Find it by its headers")]
        + [(name, layout.LABEL) for name, layout in LAYOUTS.items()],
        initial=AUTO,
        required=False,
    )
    encoding = forms.ChoiceField(
        choices=[(name, _ENCODING_LABELS[name]) for name in ENCODINGS],
        initial=ENCODINGS[0],
        required=False,
        help_text="Of a CSV file. Change it only if names come out wrong.",
    )
    whole = forms.BooleanField(
        label="This is the whole register of its councils",
        initial=True,
        required=False,
        help_text="Homes of these councils that the file does not list are then closed.",
    )
    allow_vanished = forms.BooleanField(
        label="Close homes even if more than a fifth are no longer listed",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Fill in what was left out."""
        found = super().clean() or {}
        found["layout"] = found.get("layout") or AUTO
        found["encoding"] = found.get("encoding") or ENCODINGS[0]
        return found


class OfferForm(GuardedText, forms.Form):
    """Something that a home can offer its neighbours."""

    guarded = ("description",)

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[("", "Choose one"), *HomeAssetKind.choices],
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
    )
    description = forms.CharField(
        label="In a few words",
        required=False,
        max_length=HomeAsset._meta.get_field("description").max_length,
        help_text="Such as “seats 30, free on weekday mornings”. Name no resident.",
    )
    is_public = forms.BooleanField(
        label="Show it to everybody, not to our team and our champion alone",
        required=False,
    )


class WelcomeForm(GuardedText, forms.Form):
    """Whom a visitor should ask for."""

    guarded = ("role",)

    role = forms.CharField(
        label="Ask for",
        required=False,
        max_length=Home._meta.get_field("welcome_role").max_length,
        help_text=(
            "A role, such as “the activity coordinator”. Leave names out: whoever wants theirs "
            "shown says so on their account, under “What I agreed to”."
        ),
    )
    phone = forms.CharField(
        label="The home’s own number",
        required=False,
        max_length=20,
        validators=[
            RegexValidator(
                r"^\+?[0-9 ]{7,19}$", "Put a telephone number: digits and spaces alone."
            )
        ],
        help_text="Not somebody’s private one.",
    )
