"""What a plan may be about, read from ``fixtures/learning/topics.json``: the one list. Pure."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "learning" / "topics.json"
_ROWS: Final[list[dict[str, Any]]] = json.loads(_FILE.read_text(encoding="utf-8"))["topics"]

_FOR_ALL: Final = "all"
_ASKED_ALIKE: Final = {"partners": "volunteers"}
"""Groups that are asked what another one is: both come from outside."""


@dataclass(frozen=True)
class Topic:
    """One topic: what it is about, open questions, and the signs of openness it touches."""

    slug: str
    name: str
    about: str
    signs: tuple[str, ...]  # ids of the openness instrument's indicators
    questions: dict[str, tuple[str, ...]]  # by group; "all" for those that everybody is asked

    def questions_for(self, group: str) -> tuple[str, ...]:
        """Return what a group is asked: its own questions after those for everybody."""
        own = self.questions.get(_ASKED_ALIKE.get(group, group), ())
        return (*self.questions[_FOR_ALL], *own)


def _topic(row: dict[str, Any]) -> Topic:
    questions = {group: tuple(asked) for group, asked in row["questions"].items()}
    return Topic(row["slug"], row["name"], row["about"], tuple(row["signs"]), questions)


TOPICS: Final[dict[str, Topic]] = {row["slug"]: _topic(row) for row in _ROWS}
SLUGS: Final = tuple(TOPICS)


def choices() -> list[tuple[str, str]]:
    """Return (slug, name) pairs for forms and fields, in the list's order."""
    return [(slug, topic.name) for slug, topic in TOPICS.items()]


def topics_about(sign: str) -> list[Topic]:
    """Return the topics that touch a sign first, then the others, each in the list's order."""
    return sorted(TOPICS.values(), key=lambda topic: sign not in topic.signs)
