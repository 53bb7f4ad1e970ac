"""What is asked on the way from a topic to an action. No name of anybody who lives here."""

import uuid
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.text import Truncator

from fans.connections.asking import choice_field, count_field
from fans.connections.models import OVER, Partnership
from fans.connections.widgets import Boxes, Chips, DayInput
from fans.connections.wishes.models import Wish
from fans.learning import topics
from fans.learning.errors import LearningError
from fans.learning.groups import is_one_voice
from fans.learning.models import Action, Comparison, OwnerRole, Plan, Review, Talk, Verdict
from fans.learning.services import KEEP, Links
from fans.learning.signs import signs
from fans.people.colleagues import who_may
from fans.people.models import Person
from intake.free_text import Doubt, Kind
from intake.guarded import GuardedText
from intake.resident_text import resident_doubts

ONE_VOICE: Final = (
    "One person’s words can be recognised: say it so that nobody is known, or ask a second "
    "person first."
)
_PERSON: Final = "person:"


def refuse(form: forms.Form, error: LearningError | forms.ValidationError) -> None:
    """Say what a service refused beside the question that is meant."""
    if isinstance(error, LearningError):
        words = {error.field: [str(error)]}
    else:
        words = error.message_dict
    for field, lines in words.items():
        form.add_error(field if field in form.fields else None, lines)


def _text(label: str, *, most: int, required: str = "", rows: int = 3, **options: Any) -> Any:
    """A few sentences; ``required``: what to say where there are none."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(required),
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": required},
        **options,
    )


class PlanWords(GuardedText):
    """Asks about first names, rooms and illnesses as well."""

    def doubts_in(self, text: str) -> list[Doubt]:
        """Return what may tell who in the home is meant."""
        return resident_doubts(text)


class SentOnce(forms.Form):
    """Mixin: the same form sent twice is one row."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fresh = {"client_uuid": uuid.uuid4()}
        kwargs["initial"] = fresh | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class Versioned(forms.Form):
    """Mixin: what the writer saw, so that nobody writes over what somebody else has said."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class LinksForm(forms.Form):
    """Mixin: the signs, wishes and ties of the home that it has to do with."""

    signs = forms.MultipleChoiceField(
        label="Which signs of being open?", required=False, widget=Chips
    )
    wishes = forms.TypedMultipleChoiceField(
        label="Which wishes?", coerce=int, required=False, widget=Chips
    )
    ties = forms.TypedMultipleChoiceField(
        label="Which ties?", coerce=int, required=False, widget=Chips
    )

    def offer(self, plan: Plan, chosen: Links) -> None:
        """Offer what is open in the home, and what is chosen already."""
        wishes = Wish.objects.filter(home=plan.home_id).exclude(text="")
        wishes = wishes.open() | wishes.filter(pk__in=chosen.wishes)
        ties = Partnership.objects.filter(home=plan.home_id)
        ties = ties.exclude(status__in=OVER) | ties.filter(pk__in=chosen.ties)
        offered: dict[str, list[tuple[Any, str]]] = {
            "signs": list(signs().items()),
            "wishes": [(row.pk, Truncator(row.text).chars(60)) for row in wishes],
            "ties": [
                (row.pk, str(row.partner)) for row in ties.select_related("partner__asset")
            ],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices
            field.error_messages["invalid_choice"] = "Choose from the list."

    @property
    def links(self) -> Links:
        """What was chosen."""
        said = self.cleaned_data
        return Links(tuple(said["signs"]), tuple(said["wishes"]), tuple(said["ties"]))


def links_of(rows: Iterable[Any]) -> Links:
    """Return what stands, from the rows."""
    found = list(rows)
    return Links(
        tuple(row.sign for row in found if row.sign),
        tuple(row.wish_id for row in found if row.wish_id),
        tuple(row.tie_id for row in found if row.tie_id),
    )


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

    said = _text(
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

    alike = _text("What do you see alike?", most=1000)
    differs = _text(
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


class ActionForm(PlanWords, SentOnce, LinksForm):
    """What is done, its first step, who sees to it, and how the home will know."""

    guarded = ("what", "first_step", "how_known")

    what = forms.CharField(
        label="What will you do?",
        max_length=200,
        error_messages={"required": "Put what you will do."},
    )
    first_step = forms.CharField(
        label="What is the first step, within 48 hours?",
        max_length=200,
        help_text="Small and quick: ring somebody, ask for a key, put up a note.",
        error_messages={"required": "Put a first step that can be taken in 48 hours."},
    )
    owner = forms.ChoiceField(
        label="Who sees to it?", error_messages={"required": "Choose who sees to it."}
    )
    how_known = forms.CharField(
        label="How will you know that it worked?",
        max_length=200,
        help_text="Something that anybody can see or count.",
        error_messages={"required": "Put how you will know."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, *args: Any, plan: Plan, action: Action | None = None, **kwargs: Any
    ) -> None:
        rows = action.links.all() if action else plan.links.filter(action=None)
        chosen = links_of(rows)
        known: dict[str, Any] = vars(chosen)
        if action is not None:
            names = ("what", "first_step", "how_known", "version")
            known |= {name: getattr(action, name) for name in names}
            known["owner"] = (
                f"{_PERSON}{action.owner_id}" if action.owner_id else action.owner_role
            )
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.offer(plan, chosen)
        self.team = {person.pk: person for person in who_may(KEEP, plan)}
        if action is not None and action.owner is not None:
            self.team.setdefault(action.owner.pk, action.owner)
        team = sorted(self.team.values(), key=lambda person: person.name)
        field: Any = self.fields["owner"]
        field.choices = [
            ("", "Choose"),
            *[(f"{_PERSON}{person.pk}", person.name) for person in team],
            *OwnerRole.choices,
        ]

    def said_values(self) -> dict[str, Any]:
        """Give the answers as arguments."""
        names = ("what", "first_step", "how_known")
        return {name: self.cleaned_data[name] for name in names} | self._owner()

    def _owner(self) -> dict[str, Person | str | None]:
        chosen: str = self.cleaned_data["owner"]
        if chosen.startswith(_PERSON):
            return {"owner": self.team[int(chosen.removeprefix(_PERSON))], "owner_role": ""}
        return {"owner": None, "owner_role": chosen}


class ReviewForm(PlanWords, Versioned):
    """A look back: what has changed, and whether to go on."""

    guarded = ("changed",)

    changed = _text(
        "What has changed since?",
        most=500,
        required="Put what has changed, even if it is nothing yet.",
    )
    verdict = choice_field("And now?", Verdict.choices, widget=Boxes(narrowest="min-7"))

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        names = ("changed", "verdict", "version")
        kwargs["initial"] = {name: getattr(review, name) for name in names}
        super().__init__(*args, **kwargs)
