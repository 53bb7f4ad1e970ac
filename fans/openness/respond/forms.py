"""What a respondent is asked, screen by screen, and what is keyed in from paper."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from fans.openness.instrument import STEPS
from fans.openness.respond.questions import Question
from intake.guarded import GuardedText

SKIPPED: Final = "skip"
MOST_WORDS: Final = 300


class CodeForm(forms.Form):
    """The code of a group, or the letters of a sheet that is begun."""

    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            {
                "class": "in code-in",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(
        self, *args: Any, label: str, help_text: str, missing: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = label, help_text
        field.error_messages["required"] = missing


class ReadingForm(forms.Form):
    """In which words and letters, and on whose device."""

    language = forms.ChoiceField(widget=forms.RadioSelect({"class": "opts ans"}))
    letters = forms.ChoiceField(widget=forms.RadioSelect({"class": "opts ans"}))
    device = forms.ChoiceField(widget=forms.RadioSelect({"class": "opts ans"}))

    def __init__(
        self, *args: Any, words: Mapping[str, str], languages: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "language": (words["language"], list(languages.items())),
            "letters": (
                words["letters"],
                [("usual", words["usual"]), ("large", words["larger"])],
            ),
            "device": (
                words["device"],
                [("shared", words["device_shared"]), ("own", words["device_own"])],
            ),
        }
        for name, (label, options) in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (typed above)
            field.label, field.choices = label, options
            field.error_messages = dict.fromkeys(
                ("required", "invalid_choice"), words["choose"]
            )
        self.fields["device"].help_text = words["device_help"]

    @property
    def is_large(self) -> bool:
        """Whether large letters are wanted."""
        return bool(self.cleaned_data["letters"] == "large")

    @property
    def is_shared(self) -> bool:
        """Whether others use the device too."""
        return bool(self.cleaned_data["device"] == "shared")


class QuestionForm(GuardedText, forms.Form):
    """One question with its five answers, and an example in one's own words."""

    guarded = ("how_known",)

    answer = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    how_known = forms.CharField(
        required=False, max_length=MOST_WORDS, widget=forms.Textarea({"rows": 2, "class": "in"})
    )

    def __init__(
        self, *args: Any, question: Question, words: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        answer, how = self.fields["answer"], self.fields["how_known"]
        assert isinstance(answer, forms.ChoiceField)  # noqa: S101 (typed above)
        answer.label = question.words
        steps = [(str(step), question.answers[step]) for step in STEPS]
        answer.choices = [*steps, (SKIPPED, question.skip)]
        answer.error_messages["invalid_choice"] = words["choose_one"]
        how.label, how.help_text = words["how_known"], words["how_known_help"]

    @property
    def value(self) -> int | None:
        """The answer, 0 to 4; None for one skipped."""
        given = self.cleaned_data["answer"]
        return int(given) if given not in ("", SKIPPED) else None

    @property
    def is_said(self) -> bool:
        """Whether anything was chosen, be it to skip."""
        return bool(self.cleaned_data["answer"])
