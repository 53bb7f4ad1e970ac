"""The assessment form: somebody in office answers, and may skip every question."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms

from fans.openness.instrument import Group, Instrument, Texts
from fans.openness.instruments.texts import texts_of
from intake.guarded import GuardedText

HOW = "how_"


class AssessmentForm(GuardedText, forms.Form):
    """The questions that an instrument asks of one group, each with five answers in words."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        instrument: Instrument,
        group: Group,
        language: str = "en",
        is_unfinished: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {"client_uuid": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.is_unfinished = is_unfinished  # kept for later: nothing need be answered yet
        texts = texts_of(instrument, language)
        self.questions = [i for i in instrument.asked if group.id in i.asked]
        self.guarded = tuple(HOW + indicator.id for indicator in self.questions)
        for indicator in self.questions:
            self.fields[indicator.id] = _question(indicator.id, texts)
            self.fields[HOW + indicator.id] = forms.CharField(
                label=f"{indicator.name}: how do you know?",
                help_text="One example helps. Name nobody.",
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"class": "in"}),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for one answer at least."""
        cleaned = super().clean() or {}
        if not (self.errors or self.is_unfinished or dict(self._given(cleaned))):
            raise forms.ValidationError(
                "Answer one question at least. You can skip all the others."
            )
        return cleaned

    @property
    def answers(self) -> dict[str, int]:
        """The answers given, by indicator."""
        return dict(self._given(self.cleaned_data))

    @property
    def how_known(self) -> dict[str, str]:
        """The examples given, by indicator."""
        return {i.id: self.cleaned_data[HOW + i.id] for i in self.questions}

    def _given(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, int]]:
        for indicator in self.questions:
            value = cleaned.get(indicator.id)
            if value is not None:
                yield indicator.id, value


def _question(id: str, texts: Texts) -> forms.TypedChoiceField:
    answers = [(str(step), words) for step, words in enumerate(texts.anchors(id))]
    return forms.TypedChoiceField(
        label=texts.question(id),
        choices=[*answers, ("", texts.skip)],
        coerce=int,
        empty_value=None,
        required=False,
        initial="",
        widget=forms.RadioSelect(attrs={"class": "opts answers"}),
        error_messages={"invalid_choice": "Choose one of the answers, or skip the question."},
    )
