"""What is asked about a plan, and about what a group says."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator

from fans.connections.asking import choice_field, count_field
from fans.connections.widgets import DayInput
from fans.learning import topics
from fans.learning.forms.asking import (
    ONE_VOICE,
    LinksForm,
    PlanWords,
    SentOnce,
    Versioned,
    links_of,
    text_field,
)
from fans.learning.groups import is_one_voice
from fans.learning.models import Comparison, Plan, Talk
from fans.learning.signs import signs
from intake.free_text import Doubt, Kind


class StartForm(PlanWords, SentOnce):
    """A topic, and what the home wants to look at."""

    guarded = ("title",)

    title = forms.CharField(
        label="What do you want to look at?",
        max_length=120,
        help_text="Such as “Who feels welcome on a Sunday?”",
        error_messages={"required": "Put what you want to look at."},
    )
    topic = choice_field("Which topic is it nearest to?", topics.choices)
    sign = forms.ChoiceField(
        choices=lambda: list(signs().items()), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, sign: str = "", **kwargs: Any) -> None:
        if sign in signs():
            kwargs["initial"] = {
                "sign": sign,
                "title": f"{signs()[sign]}: what lies behind it?",
                "topic": topics.topics_about(sign)[0].slug,
            }
        super().__init__(*args, **kwargs)
        field: Any = self.fields["topic"]
        field.widget = forms.RadioSelect()
        field.choices = [(each.slug, each.name) for each in topics.topics_about(sign)]


class PlanForm(PlanWords, Versioned, LinksForm):
    """What a plan is called, and what it has to do with."""

    guarded = ("title",)

    title = forms.CharField(
        label="What do you want to look at?",
        max_length=120,
        error_messages={"required": "Put what you want to look at."},
    )

    field_order = ("title", "signs", "wishes", "ties")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        chosen = links_of(row for row in plan.links.all() if row.action_id is None)
        kwargs["initial"] = {"title": plan.title, "version": plan.version} | vars(chosen)
        super().__init__(*args, **kwargs)
        self.offer(plan, chosen)


class TalkForm(PlanWords, SentOnce):
    """What a group said: in the words of those who took part, and without a name."""

    guarded = ("said", "matters")

    said = text_field(
        "What was said?",
        most=2000,
        rows=6,
        required="Put what was said.",
        help_text="The gist, as said. No names, no rooms, nothing about anybody’s health.",
    )
    matters = forms.CharField(
        label="What matters most to them?",
        max_length=300,
        required=False,
        help_text="One sentence. It stands beside what other groups say.",
    )
    people_count = count_field("How many took part?", most=200)
    talked_on = forms.DateField(
        label="On which day?",
        widget=DayInput,
        error_messages={"required": "Put the day of the talk."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, group: str, talk: Talk | None = None, **kwargs: Any) -> None:
        known: dict[str, Any] = {"talked_on": timezone.localdate()}
        if talk is not None:
            names = ("said", "matters", "people_count", "talked_on", "version")
            known = {name: getattr(talk, name) for name in names}
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.group = group

    def clean_people_count(self) -> int | None:
        """Refuse a talk with nobody."""
        count: int | None = self.cleaned_data["people_count"]
        if count == 0:
            raise forms.ValidationError("Put how many took part, or leave it open.")
        return count

    def doubts_in(self, text: str) -> list[Doubt]:
        """Ask about one person's words as such: they may be recognised."""
        found = super().doubts_in(text)
        if text and is_one_voice(self.group, self.cleaned_data.get("people_count")):
            found.append(Doubt(Kind.NAME, Truncator(text).chars(40), ONE_VOICE))
        return found

    def said_values(self) -> dict[str, Any]:
        """Give the answers as arguments."""
        names = ("said", "matters", "people_count", "talked_on")
        return {name: self.cleaned_data[name] for name in names}


class CompareForm(PlanWords, Versioned):
    """What groups see alike, and what they see differently."""

    guarded = ("alike", "differs")

    alike = text_field("What do you see alike?", most=1000)
    differs = text_field(
        "What do you see differently, and what lies behind it?",
        most=1000,
        help_text="Nobody has to be right. Where you are matters less than what comes next.",
    )

    def __init__(self, *args: Any, comparison: Comparison | None, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "version": comparison.version if comparison else 0,
            "alike": comparison.alike if comparison else "",
            "differs": comparison.differs if comparison else "",
        }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        """Ask for one of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("alike") and not cleaned.get("differs"):
            self.add_error("differs", "Put what you see alike, or what differs.")
        return cleaned
