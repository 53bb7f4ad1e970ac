"""A volunteer's way in plain words: what is behind, what comes now, what comes later."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from fans.people.volunteers.models import PATHWAY, Reference, Stage, StageEvent, Volunteer
from fans.people.volunteers.roles import role_of
from fans.people.volunteers.services.pathway import returns_to

LATER: Final = {
    Stage.MET: "Somebody meets you for a chat",
    Stage.REFERENCES: "Somebody who knows you speaks for you",
    Stage.CHECKED: "Only if the role needs one",
    Stage.INDUCTED: "You see a home and how things are done",
    Stage.ACTIVE: "You visit, write or help",
}
NEXT: Final = {
    Stage.MET: "The volunteer lead of your area gets in touch, and you meet: at the library, "
    "at a home, or by telephone. You can say no to anything.",
    Stage.REFERENCES: "Your lead asks somebody who knows you to speak for you.",
    Stage.CHECKED: "Your lead decides whether your role needs a check. If it does, they help "
    "you to ask for one. Here we keep the decision, never a certificate.",
    Stage.INDUCTED: "Somebody shows you round, and goes through a short list with you.",
    Stage.ACTIVE: "Your lead brings you together with a home.",
}
WELCOME: Final = "You are on your way. Log your hours when you like; rest when you need to."


@dataclass(frozen=True)
class Stop:
    """One stage on the way; ``state`` is done, now or later."""

    number: int
    label: str
    state: str
    words: str = ""
    on: dt.date | None = None


@dataclass(frozen=True)
class Way:
    """The whole way, and what happens next in one sentence or two."""

    stops: list[Stop]
    next_words: str


def way_of(volunteer: Volunteer) -> Way:
    """Return a volunteer's way; at rest, as it stood before."""
    reached = _reached(volunteer)
    stages = _stages(volunteer)
    came = _came(volunteer)
    done = stages.index(reached) if reached in stages else 0
    now = stages[done + 1] if done + 1 < len(stages) else None
    stops = [
        _stop(volunteer, number, stage, number - 1 - done, came.get(stage))
        for number, stage in enumerate(stages, start=1)
    ]
    return Way(stops, NEXT[now] if now else WELCOME)


def _reached(volunteer: Volunteer) -> Stage:
    if volunteer.stage in PATHWAY:
        return Stage(volunteer.stage)
    return returns_to(volunteer) if volunteer.stage == Stage.RESTING else Stage.APPLIED


def _stages(volunteer: Volunteer) -> list[Stage]:
    """Return the stages of their way: references only where their role asks for some."""
    role = role_of(volunteer.role_slug)
    skipped = role is not None and not role.references
    return [stage for stage in PATHWAY if not (skipped and stage == Stage.REFERENCES)]


def _came(volunteer: Volunteer) -> dict[str, StageEvent]:
    """Return when each stage was last reached."""
    events = volunteer.events.select_related("by").order_by("at", "pk")
    return {event.stage: event for event in events}


def _stop(
    volunteer: Volunteer, number: int, stage: Stage, ahead: int, event: StageEvent | None
) -> Stop:
    label = str(stage.label)
    if ahead > 0:
        state = "now" if ahead == 1 else "later"
        return Stop(number, label, state, _waiting(volunteer, stage) or LATER[stage])
    if stage == Stage.MET and event and event.by and event.by_id != volunteer.person_id:
        label = f"Met {str(event.by).split()[0]}"
    on = timezone.localdate(event.at) if event else None
    return Stop(number, label, "done", on=on)


def _waiting(volunteer: Volunteer, stage: Stage) -> str:
    """Say how far a stage has come that has begun."""
    role = role_of(volunteer.role_slug)
    if stage != Stage.REFERENCES or role is None or not role.references:
        return ""
    good = volunteer.references.filter(answer=Reference.Answer.GOOD).count()
    return f"{min(good, role.references)} of {role.references} back"
