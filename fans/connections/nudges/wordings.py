"""What a reminder says, in whole sentences. No resident, no wish's words, no volunteer."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from fans.connections.models import Arranger
from fans.connections.nudges.rules import Kind, Standing


@dataclass(frozen=True)
class Wording:
    """The words of one kind, for one thing and for several."""

    title: str
    one: str
    several: str
    todo: str  # the one thing to do: a link's words


WORDINGS: Final[dict[Kind, Wording]] = {
    Kind.FOLLOW_UP: Wording(
        "Ask {partner} again, for {home}",
        "Asked on {asked_on}, to come back to on {day}.",
        "",
        "Ask again, or note the answer",
    ),
    Kind.INVITATION: Wording(
        "{partner} has not answered {home}",
        "Asked on {day}. No answer yet. A call often helps more than a letter.",
        "",
        "Note the answer, or ask again",
    ),
    Kind.QUICK: Wording(
        "Notes from the sheet at {home}",
        "Something that staff noted on {day} waits for a yes. Only then is it in the log.",
        "{count} things that staff noted wait for a yes, the first since {day}. "
        "Only then are they in the log.",
        "Look at them",
    ),
    Kind.MATCH: Wording(
        "Volunteers who come to {home}",
        "What one volunteer may do there is to be looked at again by {due_on}. "
        "Ask the volunteer lead whether it is under way.",
        "What {count} volunteers may do there is to be looked at again, the first by {due_on}. "
        "Ask the volunteer lead whether it is under way.",
        "See who comes",
    ),
    Kind.QUIET: Wording(
        "{partner} and {home}",
        "Last met on {last_on}; it was every {gap} days. {arranger}",
        "",
        "See the tie",
    ),
    Kind.WISH: Wording(
        "Wishes at {home}",
        "A wish has waited since {day}. Who could grant it?",
        "{count} wishes have waited long, the first since {day}. Who could grant one?",
        "See the wishes",
    ),
    Kind.HAND_OVER: Wording(
        "Handing over at {home}",
        "The champion still arranges one tie, and the programme began on {day}. "
        "Who in the home takes it on?",
        "The champion still arranges {count} ties, and the programme began on {day}. "
        "Who in the home takes them on?",
        "See the home’s ties",
    ),
}

_ARRANGES: Final = {
    Arranger.CHAMPION: "The champion arranges it.",
    Arranger.HOME: "The home arranges it.",
    Arranger.PARTNER: "They arrange it.",
}
SOMEBODY: Final = "a neighbour"
"""What a private person is called in a mail, which leaves the site."""


def title_of(standing: Standing, *, home: str, partner: str) -> str:
    """Return what a reminder is about."""
    title = WORDINGS[standing.kind].title.format(home=home, partner=partner)
    return title[:1].upper() + title[1:]


def words_of(standing: Standing, *, arranged_by: str = "") -> str:
    """Return what waits, and since when."""
    wording, fact = WORDINGS[standing.kind], standing.fact
    sentence = wording.several if standing.count > 1 else wording.one
    return sentence.format(
        count=standing.count,
        day=_day(standing.day),
        last_on=_day(fact.last_on),
        asked_on=_day(fact.asked_on),
        due_on=_day(fact.due_on),
        gap=round(fact.gap_days or 0),
        arranger=_ARRANGES.get(Arranger(arranged_by), "") if arranged_by else "",
    ).strip()


def _day(day: dt.date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""
