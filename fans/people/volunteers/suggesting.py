"""Suggests which check a role may need, from four questions; it never decides.

Wording, thresholds and links are data (``fixtures/volunteering/vetting.json``) with the day
on which somebody last read them against the law. There is no way to be led to a check of
a barred list: where a task looks like regulated activity nothing is suggested.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from fans.people.volunteers.lists import read_list


@dataclass(frozen=True)
class Option:
    """One answer to a question."""

    slug: str
    label: str


@dataclass(frozen=True)
class Question:
    """One of the four questions; of ``tasks`` any number may be said."""

    name: str
    label: str
    many: bool
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Link:
    """An official page."""

    label: str
    url: str


@dataclass(frozen=True)
class Nation:
    """Who makes checks in a part of the UK, and whether our rules follow its law."""

    authority: str
    name: str
    rules_apply: bool
    words: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Facts:
    """What somebody would do: the answers to the four questions."""

    where: str
    how_often: str
    alone: str
    tasks: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Suggestion:
    """A level (None where nothing can be suggested), why, and whether it must not be done."""

    level: str | None
    why: str
    looks_regulated: bool = False


_FILE: Final = read_list("vetting.json")
REVIEWED_ON: Final = dt.date.fromisoformat(_FILE["reviewed_on"])
REVIEW_AFTER: Final = dt.timedelta(days=_FILE["review_after_days"])
QUESTIONS: Final = tuple(
    Question(
        row["name"], row["label"], row["many"], tuple(Option(**one) for one in row["options"])
    )
    for row in _FILE["questions"]
)
NATIONS: Final = {
    row["authority"]: Nation(**{**row, "links": tuple(Link(**one) for one in row["links"])})
    for row in _FILE["nations"]
}


def suggest(facts: Facts, authority: str) -> Suggestion:
    """Suggest a level of check under the law that ``authority`` works by.

    Raises:
        KeyError: the authority is not one of the three.
    """
    nation = NATIONS[authority]
    rule = next(rule for rule in _FILE["rules"] if _fits(rule["when"], facts))
    if rule["level"] is None:  # what volunteers do not do, they do nowhere
        return Suggestion(None, rule["why"], looks_regulated=True)
    if not nation.rules_apply:
        return Suggestion(None, nation.words)
    return Suggestion(rule["level"], rule["why"])


def is_out_of_date(on: dt.date) -> bool:
    """Say whether nobody has read the questions against the law for a year."""
    return on > REVIEWED_ON + REVIEW_AFTER


def _fits(when: dict[str, list[str]], facts: Facts) -> bool:
    return all(_said(getattr(facts, name)) & set(wanted) for name, wanted in when.items())


def _said(answer: Any) -> set[str]:
    return {answer} if isinstance(answer, str) else set(answer)
