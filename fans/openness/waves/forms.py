"""What is asked about a wave's days, what went on besides, and what is remembered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils import timezone

from fans.connections.models import Direction, Partnership
from fans.connections.widgets import STEPS, Boxes, DayInput
from fans.connections.wishes.forms import GuardedWords
from fans.openness.models import ContextEvent, ContextKind, Wave

MOST_TIMES: Final = 99
WAYS: Final = (
    (Direction.IN, "They came to us"),
    (Direction.OUT, "We went out to them"),
)


class WindowForm(forms.Form):
    """The days of a wave."""

    opens_on = forms.DateField(
        label="First day", widget=DayInput, error_messages={"required": "Put the first day."}
    )
    closes_on = forms.DateField(
        label="Last day",
        widget=DayInput,
        help_text="Answers are taken until midnight of this day.",
        error_messages={"required": "Put the last day."},
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        kwargs["initial"] = {"opens_on": wave.opens_on, "closes_on": wave.closes_on}
        super().__init__(*args, **kwargs)


class EventForm(GuardedWords, forms.ModelForm):  # type: ignore[type-arg]
    """Something that went on in a home."""

    guarded = ("words",)

    class Meta:
        model = ContextEvent
        fields = ("kind", "from_on", "until_on", "words")
        widgets: Mapping[str, Any] = {
            "kind": Boxes(narrowest="min-10"),
            "from_on": DayInput,
            "until_on": DayInput,
            "words": forms.TextInput({"class": "in", "autocomplete": "off"}),
        }
        labels: Mapping[str, str] = {
            "kind": "What went on?",
            "from_on": "From which day?",
            "until_on": "Until which day?",
            "words": "In a few words",
        }
        help_texts: Mapping[str, str] = {
            "until_on": "Leave it open while it goes on, or where it was one day.",
            "words": "Such as “lounge closed for two weeks”. No names, nothing about anybody’s "
            "health.",
        }
        error_messages: Mapping[str, Any] = {
            "kind": {"required": "Choose what went on."},
            "from_on": {"required": "Put the day from which it went on."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 (named above)
        kind.choices = ContextKind.choices

    def clean(self) -> dict[str, Any]:
        """Refuse days out of order, and something else that says nothing."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "The last day cannot be before the first.")
        if first and first > timezone.localdate():
            self.add_error("from_on", "Note it once it has begun.")
        says_nothing = not cleaned.get("words") and "words" not in self.errors
        if cleaned.get("kind") == ContextKind.OTHER and says_nothing:
            self.add_error("words", "Say in a few words what it was.")
        return cleaned

    def said(self) -> dict[str, Any]:
        """Give the answers as arguments."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class LookBackForm(forms.Form):
    """How often a home met each of its ties in the look-back's days, from memory."""

    def __init__(
        self,
        *args: Any,
        ties: Sequence[Partnership],
        known: Mapping[tuple[int, str], int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ties = ties
        for tie in ties:
            for way, words in WAYS:
                self.fields[self._name(tie, way)] = forms.IntegerField(
                    label=f"{tie.partner}: {words.lower()}",
                    required=False,
                    min_value=0,
                    max_value=MOST_TIMES,
                    initial=known.get((tie.pk, way)),
                    widget=forms.NumberInput({**STEPS, "class": "in"}),
                )

    @staticmethod
    def _name(tie: Partnership, way: str) -> str:
        return f"tie_{tie.pk}_{way}"

    def rows(self) -> Iterator[tuple[Partnership, list[tuple[str, forms.BoundField]]]]:
        """Give each tie with its fields."""
        for tie in self.ties:
            yield tie, [(words, self[self._name(tie, way)]) for way, words in WAYS]

    def said(self) -> dict[tuple[int, str], int]:
        """Give how often, by tie and way; what was left open is none."""
        return {
            (tie.pk, way.value): self.cleaned_data.get(self._name(tie, way)) or 0
            for tie in self.ties
            for way, _ in WAYS
        }
