"""What is asked beside a register that somebody uploads."""

from typing import Any, Final

from django import forms

from homes.registers.layouts import AUTO, LAYOUTS
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
