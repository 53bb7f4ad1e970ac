"""What is asked about an action, and when looking back."""

from typing import Any

from django import forms

from fans.connections.asking import choice_field
from fans.connections.widgets import Boxes
from fans.learning.forms.asking import (
    PERSON,
    LinksForm,
    PlanWords,
    SentOnce,
    Versioned,
    links_of,
    text_field,
)
from fans.learning.models import Action, OwnerRole, Plan, Review, Verdict
from fans.learning.services import KEEP
from fans.people.colleagues import who_may
from fans.people.models import Person


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
                f"{PERSON}{action.owner_id}" if action.owner_id else action.owner_role
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
            *[(f"{PERSON}{person.pk}", person.name) for person in team],
            *OwnerRole.choices,
        ]

    def said_values(self) -> dict[str, Any]:
        """Give the answers as arguments."""
        names = ("what", "first_step", "how_known")
        return {name: self.cleaned_data[name] for name in names} | self._owner()

    def _owner(self) -> dict[str, Person | str | None]:
        chosen: str = self.cleaned_data["owner"]
        if chosen.startswith(PERSON):
            return {"owner": self.team[int(chosen.removeprefix(PERSON))], "owner_role": ""}
        return {"owner": None, "owner_role": chosen}


class ReviewForm(PlanWords, Versioned):
    """A look back: what has changed, and whether to go on."""

    guarded = ("changed",)

    changed = text_field(
        "What has changed since?",
        most=500,
        required="Put what has changed, even if it is nothing yet.",
    )
    verdict = choice_field("And now?", Verdict.choices, widget=Boxes(narrowest="min-7"))

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        names = ("changed", "verdict", "version")
        kwargs["initial"] = {name: getattr(review, name) for name in names}
        super().__init__(*args, **kwargs)
