"""Ethnicity, faith and diagnosis change nothing, unless a wish names them."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.connections.gaps.facts import facts_of
from fans.connections.gaps.suggesting import ranked_for
from fans.connections.wishes.tags import TAGS
from tests import factories
from tests.factories import SALE, metres_east

KINDS = ("faith", "arts_culture", "sport", "food_drink", "older_people_groups", "shops")
TELLING = [slug for slug, tag in TAGS.items() if tag.tells_of]
WORDS = " ".join(word for slug in TELLING for word in TAGS[slug].words)


@pytest.fixture
def places(home):
    """Twelve places, two of each kind, some of which say what they could give."""
    return [
        factories.AssetFactory(
            name=f"Place {number}",
            category=KINDS[number % len(KINDS)],
            location=metres_east(SALE, 90 * number),
            could_give="A room" if number % 3 else "",
        )
        for number in range(12)
    ]


def ranking(home):
    _, ranked = ranked_for(home, facts_of(home), today=timezone.localdate())
    return [(one.place.pk, one.score) for one in ranked]


def test_there_are_themes_that_tell_of_faith_origin_and_health() -> None:
    assert {TAGS[slug].tells_of for slug in TELLING} == {"faith", "origin", "health"}


@pytest.mark.parametrize("column", ["name", "description", "suits"])
def test_whom_a_place_says_it_is_for_changes_nothing(home, places, column) -> None:
    factories.WishFactory(home=home, tags=["music"])
    before = ranking(home)

    for place in places[::2]:
        setattr(place, column, f"{getattr(place, column)} {WORDS}"[:200])
        place.save()

    assert ranking(home) == before


def test_what_a_home_is_and_whom_it_is_for_changes_nothing(home, places) -> None:
    factories.WishFactory(home=home, tags=["music"])
    before = ranking(home)

    home.kind, home.name = "nursing", "St Agnes Jewish Home for people with dementia"
    home.save()
    factories.HomeAssetFactory(home=home, kind="staff_skills", description=WORDS[:200])

    assert ranking(home) == before


def test_the_words_of_a_wish_change_nothing_only_its_themes_do(home, places) -> None:
    wish = factories.WishFactory(home=home, tags=["music"])
    before = ranking(home)

    wish.text = f"to sing, {WORDS}"[:200]
    wish.save()

    assert ranking(home) == before


@pytest.mark.parametrize("state", ["granted", "let_go"])
def test_a_theme_of_a_wish_that_is_over_changes_nothing(home, places, state) -> None:
    before = ranking(home)

    day = dt.date(2026, 10, 1)
    over = {"granted_on": day} if state == "granted" else {"let_go_on": day}
    why = {} if state == "granted" else {"let_go_why": "no_longer"}
    factories.WishFactory(home=home, tags=TELLING[:2], status=state, **over, **why)

    assert ranking(home) == before


@pytest.mark.parametrize("slug", TELLING)
def test_a_wish_that_names_it_finds_the_place_that_says_so(home, places, slug) -> None:
    told = places[-1]
    told.suits = TAGS[slug].words[0]
    told.save()
    factories.WishFactory(home=home, tags=[slug])

    interest = {pk: score.interest for pk, score in ranking(home)}

    assert interest[told.pk] == 1


def test_another_homes_wish_changes_nothing(home, places) -> None:
    before = ranking(home)

    factories.WishFactory(home=factories.HomeFactory(name="Other"), tags=["music"])

    assert ranking(home) == before
