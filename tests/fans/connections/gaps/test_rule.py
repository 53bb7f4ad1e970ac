"""The open rule, part by part."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from fans.connections.gaps.rule import (
    WEIGHTS,
    AssetFacts,
    HomeFacts,
    Score,
    WishedTag,
    fit,
    order,
    score,
    way_in,
)
from fans.connections.gaps.ways import Way, straight

TODAY = dt.date(2026, 11, 22)


def theme(slug: str, *categories: str, words: str = "", tells: str = "", wishes: int = 1):
    pattern = re.compile(rf"\b(?:{words or 'nothing at all'})")
    return WishedTag(slug, slug.title(), wishes, frozenset(categories), pattern, tells)


MUSIC = theme("music", "arts_culture", words="sing|song", wishes=2)
FAITH = theme("faith", "faith", words="chapel|prayer|methodist", tells="faith")
GARDENS = theme("gardens", "garden_nature")
HALL = AssetFacts(category="community_space", way=straight(300))


def value(part: str, home: HomeFacts, asset: AssetFacts) -> float:
    return float(getattr(score(home, asset, today=TODAY), part))


def test_the_weights_are_those_of_the_programme() -> None:
    assert WEIGHTS == {
        "interest": 0.40,
        "reach": 0.20,
        "novelty": 0.15,
        "capacity": 0.15,
        "access": 0.10,
    }


@pytest.mark.parametrize("part", WEIGHTS)
def test_the_total_moves_with_each_part_by_its_weight(part: str) -> None:
    none = Score(0, 0, 0, 0, 0, wishes=0, walkable=False)

    assert replace(none, **{part: 1.0}).total == WEIGHTS[part]


def test_the_total_of_the_words_is_the_total_that_was_sorted_by() -> None:
    home = HomeFacts(wished=(MUSIC, GARDENS), partners={"faith": 1})
    asset = replace(HALL, could_give="A room to sing in", wheelchair="limited")

    shown = fit(home, asset, kind="Community space", today=TODAY)

    assert shown.total == pytest.approx(score(home, asset, today=TODAY).total)


def test_a_theme_is_met_by_the_kind_of_place_or_by_what_it_says() -> None:
    home = HomeFacts(wished=(MUSIC,))

    assert value("interest", home, replace(HALL, category="arts_culture")) == 1
    assert value("interest", home, replace(HALL, would_love="Singers on Mondays")) == 1
    assert value("interest", home, replace(HALL, could_give="Blessings and processing")) == 0
    assert value("interest", home, HALL) == 0


def test_three_themes_met_are_full_interest_however_many_are_wished() -> None:
    wished = tuple(theme(f"t{n}", "sport" if n < 3 else "school") for n in range(7))

    assert value("interest", HomeFacts(wished=wished), replace(HALL, category="sport")) == 1
    assert (
        value("interest", HomeFacts(wished=wished[2:4]), replace(HALL, category="sport")) == 0.5
    )


def test_without_a_wish_interest_counts_for_nothing() -> None:
    assert value("interest", HomeFacts(), replace(HALL, could_give="Songs")) == 0


def test_a_kind_that_the_home_knows_is_not_new() -> None:
    assert value("novelty", HomeFacts(), HALL) == 1
    assert value("novelty", HomeFacts(partners={"community_space": 2}), HALL) == 0
    assert value("novelty", HomeFacts(partners={"sport": 2}), HALL) == 1


@pytest.mark.parametrize(
    ("says", "worth"),
    [
        ({"could_give": "A warm room"}, 1.0),
        ({"would_love": "Readers on Mondays"}, 1.0),
        ({"opening_hours": "Mo-Fr 09:00-17:00"}, 0.6),
        ({}, 0.4),
        ({"could_give": "A room", "closed_until": dt.date(2026, 12, 1)}, 0.0),
        ({"could_give": "A room", "closed_from": dt.date(2026, 12, 1)}, 1.0),
        ({"could_give": "A room", "closed_from": TODAY, "closed_until": TODAY}, 0.0),
    ],
)
def test_room_is_what_the_place_says_of_itself(says, worth) -> None:
    assert value("capacity", HomeFacts(), replace(HALL, **says)) == worth


@pytest.mark.parametrize(
    ("wheelchair", "step_free", "way", "worth"),
    [
        ("yes", "no", "yes", 1.0),
        ("limited", "unknown", "limited", 0.5),
        ("unknown", "unknown", "unknown", 0.4),
        ("unknown", "yes", "limited", 0.5),
        ("unknown", "no", "no", 0.0),
        ("no", "yes", "no", 0.0),
    ],
)
def test_getting_in_goes_by_the_wheelchair_and_else_by_the_entrance(
    wheelchair, step_free, way, worth
) -> None:
    asset = replace(HALL, wheelchair=wheelchair, step_free=step_free)

    assert way_in(asset) == way
    assert value("access", HomeFacts(), asset) == worth


def test_the_lead_says_wishes_distance_entrance_and_last_check() -> None:
    asset = replace(
        HALL, category="arts_culture", way=Way(400, 1), wheelchair="yes", step_free="yes"
    )
    seen = TODAY - dt.timedelta(days=6)

    lead = fit(HomeFacts((MUSIC,)), asset, kind="Arts", today=TODAY, checked_on=seen).lead

    assert lead == (
        "Two wishes for music: 400 m away, near by on foot or wheels, "
        "step-free, wheelchairs get in, checked 6 days ago."
    )


def test_equal_fits_go_by_the_number_of_wishes_then_by_distance() -> None:
    few = Score(0.5, 1, 1, 1, 1, wishes=1, walkable=True)
    many = replace(few, wishes=3)

    keys = [
        order(few, metres=10, pk=1),
        order(many, metres=90, pk=2),
        order(many, metres=50, pk=3),
    ]

    assert sorted(keys) == [keys[2], keys[1], keys[0]]


def test_faith_counts_only_where_a_wish_names_it() -> None:
    chapel = replace(HALL, about="Methodist chapel hall", could_give="Tea")

    assert value("interest", HomeFacts((MUSIC,)), chapel) == 0
    assert value("interest", HomeFacts((FAITH,)), chapel) == 1
