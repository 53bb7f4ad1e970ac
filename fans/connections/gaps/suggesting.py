"""What is suggested to a home: the places that fit best, each with all its reasons."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from assets import categories
from assets.checking.renewing import LATEST
from assets.models import Fact, FactCheck
from fans.connections.fitting import Fit
from fans.connections.gaps import rule
from fans.connections.gaps.candidates import Place, nearest_of_each_kind
from fans.connections.gaps.facts import facts_of, left_out
from fans.connections.gaps.going import STRAIGHT_WORDS, Going, ways_to
from fans.connections.gaps.rule import AssetFacts, HomeFacts, Score
from fans.connections.gaps.ways import Way
from homes.models import Home

SHOWN: Final = 50

FILTERS: Final = {"wish": "Fits a wish", "walk": "Walk or wheel", "new": "New kind"}


@dataclass(frozen=True)
class Suggestion:
    """One place for one home, and why."""

    place: Place
    fit: Fit

    @property
    def kind(self) -> str:
        """Its kind in words."""
        return categories.BY_SLUG[self.place.category].label


@dataclass(frozen=True)
class Suggestions:
    """The best of what was looked at."""

    shown: list[Suggestion]
    # How many places were looked at, and how many each filter would leave.
    looked_at: int
    counts: dict[str, int]
    found: int  # left by the filters asked for
    how_measured: str
    themes: int  # of open wishes


@dataclass(frozen=True)
class Scored:
    """A place with its values, before the words."""

    place: Place
    facts: AssetFacts
    score: Score


def suggestions_for(
    home: Home, *, today: dt.date, only: Sequence[str] = (), most: int = SHOWN
) -> Suggestions:
    """Return the places that fit a home best, with every reason in words.

    ``only``: keys of ``FILTERS``; all of them must hold. A home without a place on the
    map gets none.
    """
    facts = facts_of(home)
    going, ranked = ranked_for(home, facts, today=today)
    kept = [one for one in ranked if all(_keeps(one.score, name) for name in only)]
    return Suggestions(
        shown=_in_words(facts, kept[:most], today),
        looked_at=len(ranked),
        counts=rule.tally(one.score for one in ranked),
        found=len(kept),
        how_measured=going.words,
        themes=len(facts.wished),
    )


def ranked_for(home: Home, facts: HomeFacts, *, today: dt.date) -> tuple[Going, list[Scored]]:
    """Return all places that were looked at for a home, best first, without words."""
    if home.location is None:
        return Going({}, STRAIGHT_WORDS), []
    tells = any(tag.tells_of for tag in facts.wished)
    out = left_out(home, today)
    places = nearest_of_each_kind(home.location, left_out=out, with_about=tells)
    minibus = facts.has_minibus
    going = ways_to(home.location, places, key=home.pk, has_minibus=minibus)
    scored = [_scored(facts, place, going.ways[place.pk], today) for place in places]
    scored.sort(key=lambda one: rule.order(one.score, metres=one.place.metres, pk=one.place.pk))
    return going, scored


def _scored(home: HomeFacts, place: Place, way: Way, today: dt.date) -> Scored:
    facts = AssetFacts(
        category=place.category,
        way=way,
        could_give=place.could_give,
        would_love=place.would_love,
        about=place.about,
        opening_hours=place.opening_hours,
        closed_from=place.closed_from,
        closed_until=place.closed_until,
        wheelchair=place.wheelchair,
        step_free=place.step_free,
    )
    return Scored(place, facts, rule.score(home, facts, today=today))


def _keeps(score: Score, name: str) -> bool:
    if name == "wish":
        return rule.fits_a_wish(score)
    return score.walkable if name == "walk" else score.novelty > 0


def _in_words(home: HomeFacts, kept: list[Scored], today: dt.date) -> list[Suggestion]:
    looked = _Looked.at([one.place.pk for one in kept])
    return [
        Suggestion(
            one.place,
            rule.fit(
                home,
                one.facts,
                kind=categories.BY_SLUG[one.place.category].label,
                today=today,
                checked_on=looked.any_fact.get(one.place.pk),
                access_checked_on=looked.access.get(one.place.pk),
            ),
        )
        for one in kept
    ]


@dataclass(frozen=True)
class _Looked:
    """When somebody last looked, by place: at anything of it, and at the way in."""

    any_fact: dict[int, dt.date]
    access: dict[int, dt.date]

    @classmethod
    def at(cls, pks: Iterable[int]) -> Self:
        """Read the checks that still hold: of what the places say now. One query."""
        found = cls({}, {})
        query = LATEST.format(which="c.asset_id = ANY(%s)")
        checks: Iterable[Any] = FactCheck.objects.raw(query, [list(pks)])
        for check in checks:
            if not check.counts:
                continue
            pk, day = check.asset_id, check.checked_on
            found.any_fact[pk] = max(day, found.any_fact.get(pk, day))
            if check.fact == Fact.ACCESS:
                found.access[pk] = day
        return found
