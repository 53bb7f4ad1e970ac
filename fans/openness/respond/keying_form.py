"""One sheet of paper, keyed in with the number keys."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms

from fans.openness.from_log import instrument_of
from fans.openness.instrument import STEPS
from fans.openness.instruments.texts import languages_of
from fans.openness.models import Wave, Way
from fans.openness.respond.errors import TalkedOnError
from fans.openness.respond.forms import MOST_WORDS
from fans.openness.respond.questions import Question
from fans.openness.respond.services.keying import check_talked_on
from intake.guarded import GuardedText

HOW: Final = "how_"
_KEYS: Final = {str(step + 1): step for step in STEPS}
_SKIPPED: Final = ("", "0", "-")


class KeyingForm(GuardedText, forms.Form):
    """The day, the way, and a number from 1 to 5 for each question."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    talked_on = forms.DateField(
        label="When did they answer?",
        help_text="The day on the sheet, or of the talk.",
        widget=forms.DateInput({"type": "date", "class": "in"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Put the day on the sheet, or of the talk.",
            "invalid": "That is not a day. Put it as 14 March 2026, or 2026-03-14.",
        },
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
    )
    way = forms.ChoiceField(
        label="How?",
        choices=[(Way.PAPER.value, "On paper"), (Way.TOGETHER.value, "We talked it over")],
        widget=forms.RadioSelect,
        initial=Way.PAPER.value,
        error_messages={"required": "Say whether it was on paper, or talked over."},
    )
    language = forms.ChoiceField(
        label="In which words?",
        widget=forms.RadioSelect,
        initial="en",
        error_messages={"required": "Say in which words they were asked."},
    )

    def __init__(
        self, *args: Any, wave: Wave, questions: Sequence[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wave, self.questions = wave, questions
        self.guarded = tuple(HOW + question.code for question in questions)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 (typed above)
        language.choices = list(languages_of(instrument_of(wave.instrument)).items())
        for question in questions:
            self.fields[question.code] = _key_field(question)
            self.fields[HOW + question.code] = forms.CharField(
                label=f"What they wrote to question {question.number}",
                required=False,
                max_length=MOST_WORDS,
                widget=forms.TextInput({"class": "in"}),
            )

    def clean_talked_on(self) -> dt.date:
        """Take no day that is still to come, or outside the wave's days."""
        day: dt.date = self.cleaned_data["talked_on"]
        try:
            check_talked_on(self.wave, day)
        except TalkedOnError as error:
            raise forms.ValidationError(str(error)) from error
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for one answer at least."""
        cleaned = super().clean() or {}
        if not self.errors and not dict(self._given(cleaned)):
            raise forms.ValidationError(
                "Every question is left out. Key in one answer at least, or leave the sheet."
            )
        return cleaned

    @property
    def answers(self) -> dict[str, int]:
        """The answers given, 0 to 4, by question."""
        return dict(self._given(self.cleaned_data))

    @property
    def how_known(self) -> dict[str, str]:
        """The examples given, by question."""
        return {q.code: self.cleaned_data[HOW + q.code] for q in self.questions}

    def rows(self) -> Iterator[tuple[Question, forms.BoundField, forms.BoundField]]:
        """Give each question with its two fields."""
        for question in self.questions:
            yield question, self[question.code], self[HOW + question.code]

    def _given(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, int]]:
        for question in self.questions:
            key = cleaned.get(question.code, "")
            if key in _KEYS:
                yield question.code, _KEYS[key]


def _key_field(question: Question) -> forms.CharField:
    field = forms.CharField(
        label=f"{question.number}. {question.words}",
        required=False,
        max_length=1,
        widget=forms.TextInput(
            {"class": "in key", "inputmode": "numeric", "autocomplete": "off", "data-key": ""}
        ),
        error_messages={"max_length": "Put one number from 1 to 5, or nothing."},
    )
    field.validators.append(_is_key)
    return field


def _is_key(value: str) -> None:
    if value not in _KEYS and value not in _SKIPPED:
        raise forms.ValidationError(
            "Put a number from 1 to 5, or nothing where it is left out."
        )
