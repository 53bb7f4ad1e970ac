"""What is asked when a version comes in, gets a name, or is chosen."""

from typing import Final

from django import forms

from fans.openness.instruments.drafts import MOST_BYTES, VERSION, VERSION_CHARACTERS

NAME_RULE: Final = "A version is called v and a number, such as v2 or v2-pilot."


class ImportForm(forms.Form):
    """A version as a file."""

    file = forms.FileField(
        label="JSON file",
        help_text="As this site hands it out. It comes in as a draft, and changes nothing.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        widget=forms.FileInput({"class": "in", "accept": ".json,application/json"}),
    )

    def clean_file(self) -> bytes:
        """Read the file, unless it is too large to be an instrument."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 1 MB. An instrument is not.")
        content: bytes = file.read()
        return content


class NewDraftForm(forms.Form):
    """The name of a draft."""

    version = forms.RegexField(
        VERSION.pattern + r"\Z",
        label="Name of the new version",
        help_text=NAME_RULE,
        max_length=VERSION_CHARACTERS,
        error_messages={"required": "Give the new version a name.", "invalid": NAME_RULE},
        widget=forms.TextInput({"class": "in", "autocomplete": "off"}),
    )


class ChooseForm(forms.Form):
    """Whether planned waves take the version, too."""

    planned_too = forms.BooleanField(
        label="Also for waves that are planned and have not opened", required=False
    )
