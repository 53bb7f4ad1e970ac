"""The forms of erasing somebody."""

from typing import Any, Final

from django import forms

from fans.people.privacy.names import words_of

ERASE: Final = "erase"
MOST_WORDS: Final = 10


class EraseForm(forms.Form):
    """That it is meant: a word is typed, so that no slip of a finger does it."""

    sure = forms.CharField(
        label=f"Type the word “{ERASE}” to go on",
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": f"Type the word “{ERASE}”, or go back."},
    )

    def clean_sure(self) -> str:
        """Take the word, whatever its case."""
        sure: str = self.cleaned_data["sure"]
        if sure.strip().lower() != ERASE:
            raise forms.ValidationError(f"Type the word “{ERASE}”, or go back.")
        return sure


class LookForm(forms.Form):
    """What an administrator knows beside what is held."""

    words = forms.CharField(
        label="Also theirs",
        required=False,
        max_length=500,
        help_text="A nickname, an earlier name, a single name: one a line. Each is taken out "
        "of every note, whoever it means there.",
        widget=forms.Textarea({"rows": 3}),
    )
    places = forms.BooleanField(
        label="Also in names of homes and places",
        required=False,
    )

    def clean_words(self) -> frozenset[str]:
        """Take one name from each line."""
        lines = (line.strip() for line in self.cleaned_data["words"].splitlines())
        words = frozenset(line for line in lines if line)
        short = [word for word in words if len("".join(words_of(word))) < 3]
        if short:
            raise forms.ValidationError(
                f"“{short[0]}” is too short: it would be taken out of many words."
            )
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(f"At most {MOST_WORDS} lines.")
        return words


class EraseOnRequestForm(EraseForm, LookForm):
    """Both."""

    field_order = ("words", "places", "sure")


class FindForm(forms.Form):
    """Whom an administrator was asked about."""

    words = forms.CharField(
        label="Name or e-mail address",
        max_length=120,
        help_text="As the person wrote it in their request",
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["spellcheck"] = "false"
