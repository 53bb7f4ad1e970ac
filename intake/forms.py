"""What a person fills in to bring a file in."""

from typing import Any

from django import forms

from intake.limits import import_limits, in_words


class UploadForm(forms.Form):
    """A file, and what to call it."""

    file = forms.FileField(
        label="File",
        error_messages={
            "required": "Choose a file from your computer.",
            "missing": "Choose a file from your computer.",
            "empty": "The file is empty.",
        },
    )
    title = forms.CharField(
        label="What to call this import",
        help_text="Such as: Council community list, November",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = in_words(import_limits().packed_bytes)
        self.fields["file"].help_text = f"At most {most}. Nothing is written until you say so."
