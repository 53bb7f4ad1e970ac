"""What is asked about the life of a tie."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone

from fans.connections.models import (
    Arranger,
    DeclinedReason,
    Depth,
    PartnerKind,
    Partnership,
    TieSide,
)
from fans.connections.ties.models import Answer, Channel
from fans.connections.ties.services.partners_word import Word
from fans.connections.widgets import DayInput
from intake.guarded import GuardedText

NOT_AN_ANSWER: Final = {
    "required": "Choose one.",
    "invalid_choice": "“%(value)s” is not one of the answers. Choose one of them.",
}
NO_NAMES: Final = "No names of people who live here, no room numbers, nothing about health."
REASONS: Final = [("", "Choose"), *DeclinedReason.choices]


def _choice(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    options.setdefault("widget", forms.RadioSelect)
    return forms.ChoiceField(
        label=label, choices=choices, error_messages=NOT_AN_ANSWER, **options
    )


def _words(label: str, most: int, **options: Any) -> forms.CharField:
    area = forms.Textarea({"rows": 3})
    options.setdefault("required", False)
    return forms.CharField(label=label, max_length=most, widget=area, **options)


def _reason(label: str = "Why?") -> forms.ChoiceField:
    return _choice(label, REASONS, required=False, widget=forms.Select)


class ApproachForm(GuardedText, forms.Form):
    """Would you like to connect? How they are asked, and in which words."""

    guarded = ("words",)

    channel = _choice("How do you ask?", Channel.choices)
    to = forms.EmailField(
        label="The group’s e-mail address",
        required=False,
        max_length=254,
        help_text="For an e-mail from here. We do not keep it once the mail has left.",
    )
    words = _words(
        "What do you say or write?",
        1000,
        help_text=f"They read this. Say what you could give, too. {NO_NAMES}",
    )
    asked_on = forms.DateField(label="When?", required=False, widget=DayInput)
    follow_up_on = forms.DateField(
        label="When will you come back to it?",
        required=False,
        widget=DayInput,
        help_text="If you hear nothing. In a week is a good start.",
    )

    def __init__(self, *args: Any, tie: Partnership, **kwargs: Any) -> None:
        self.tie = tie
        today = timezone.localdate()
        given = kwargs.get("initial") or {}
        kwargs["initial"] = {
            "asked_on": today,
            "follow_up_on": today + dt.timedelta(weeks=1),
        } | given
        super().__init__(*args, **kwargs)
        if tie.partner.kind != PartnerKind.GROUP:
            del self.fields["to"]
        if tie.partner.kind not in (PartnerKind.GROUP, PartnerKind.ASSET):
            channel = self.fields["channel"]
            assert isinstance(channel, forms.ChoiceField)  # noqa: S101 (declared above)
            channel.choices = [one for one in Channel.choices if one[0] != Channel.MAIL]

    def clean(self) -> dict[str, Any]:
        """An invitation by mail goes today, and says something."""
        cleaned: dict[str, Any] = super().clean() or {}
        day, back = cleaned.get("asked_on"), cleaned.get("follow_up_on")
        if day and back and back < day:
            self.add_error("follow_up_on", "Put a day after the one you asked on.")
        if cleaned.get("channel") == Channel.MAIL:
            self._clean_mail(cleaned)
        return cleaned

    def _clean_mail(self, cleaned: dict[str, Any]) -> None:
        if "words" not in self.errors and not cleaned.get("words"):
            self.add_error("words", "Write what they shall read in the mail.")
        if cleaned.get("asked_on") not in (None, timezone.localdate()):
            self.add_error("asked_on", "The mail leaves today. Put today, or leave it empty.")


class AnswerForm(GuardedText, forms.Form):
    """What a home heard back."""

    guarded = ("words",)

    answer = _choice(
        "What did they answer?",
        [choice for choice in Answer.choices if choice[0] != Answer.WAITING],
    )
    reason = _reason("If it was a no: why?")
    words = _words("In their words", 300, help_text=f"Only your team reads it. {NO_NAMES}")
    follow_up_on = forms.DateField(
        label="When will you come back to it?", required=False, widget=DayInput
    )

    def clean(self) -> dict[str, Any]:
        """A no has a reason: it keeps others from asking the same again."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == Answer.NO and not cleaned.get("reason"):
            self.add_error("reason", "Choose why. Suggestions take it into account.")
        return cleaned


class OverForm(GuardedText, forms.Form):
    """A tie that has ended, or that a side would rather not have."""

    guarded = ("words",)

    how = _choice(
        "What happened?",
        [("ended", "It has ended"), ("declined", "It did not come about: somebody said no")],
    )
    side = _choice("Who said so?", [("", "Not sure"), *TieSide.choices], required=False)
    reason = _reason("If somebody said no: why?")
    words = _words("In a few words", 300, help_text=f"Only your team reads it. {NO_NAMES}")

    def clean(self) -> dict[str, Any]:
        """A no has a reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("how") == "declined" and not cleaned.get("reason"):
            self.add_error("reason", "Choose why. Suggestions take it into account.")
        return cleaned


class AboutForm(GuardedText, forms.Form):
    """What a tie is for, how deep it is, and who arranges it."""

    guarded = ("purpose",)

    purpose = forms.CharField(
        label="What is it for?",
        max_length=200,
        required=False,
        help_text=f"The other side may read this. {NO_NAMES}",
    )
    depth = _choice(
        "How deep is it?",
        [("", "Not said"), *Depth.choices],
        required=False,
        widget=forms.Select,
    )
    arranged_by = _choice("Who arranges it now?", Arranger.choices, widget=forms.Select)
    generations = forms.BooleanField(label="It brings old and young together", required=False)


class WordForm(GuardedText, forms.Form):
    """What the partner's side answers itself."""

    guarded = ("words",)

    answer = _choice(
        "What do you say?",
        [
            (Answer.YES, "Yes, gladly"),
            (Answer.TALK, "Let us talk first"),
            (Answer.LATER, "Not now: ask again in two months"),
            (Answer.NO, "No, thank you"),
        ],
    )
    reason = _reason("If it is a no: why?")
    words = _words("Anything else?", 300, help_text="Only the home and its champion read it.")
    named_ok = forms.BooleanField(
        label="With a yes: we may be named as a friend of this home, for everybody to see",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A no has a reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == Answer.NO and not cleaned.get("reason"):
            self.add_error("reason", "Choose why; then nobody asks you the same again.")
        return cleaned

    def word(self) -> Word:
        """Give the answer as the services take it."""
        said = self.cleaned_data
        return Word(said["answer"], said["reason"], said["words"], said["named_ok"])
