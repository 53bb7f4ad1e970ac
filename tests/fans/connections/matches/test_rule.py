"""The rule by which a volunteer and a home fit looks at what may count, and says so."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fans.connections.matches.rule import (
    HomeFacts,
    VolunteerFacts,
    Wished,
    fit,
    rough_distance,
)
from fans.connections.matches.suggesting import WORDS
from fans.people.volunteers.lists import INTERESTS, TIMES

MUSIC = Wished("Music and singing", frozenset({"music"}), 2)
FAITH = Wished("Faith and worship", frozenset({"prayer"}), 1)
NEAR = VolunteerFacts(
    interests=("music",), travel_m=3219, distance_m=400, role_label="Visitor", is_cleared=True
)


def value(home, volunteer, name):
    return fit(home, volunteer, WORDS).part(name).value


def words(home, volunteer, name):
    return fit(home, volunteer, WORDS).part(name).words


def test_nobodys_age_origin_faith_or_health_is_among_what_counts():
    assert {each.name for each in fields(VolunteerFacts)} == {
        *("interests", "languages", "times", "travel_m", "distance_m", "role_label"),
        "is_cleared",
    }


def test_a_wish_that_somebody_would_share_leads_and_is_named():
    found = fit(HomeFacts(wished=(MUSIC,)), NEAR, WORDS)

    assert found.part("interest").value == 1
    assert found.lead == ("Somebody here wishes for it: music and singing, less than 1 km away")


def test_one_wish_of_many_met_is_worth_less_than_three():
    home = HomeFacts(wished=(Wished("Sport", frozenset({"sport"}), 4), MUSIC))

    assert value(home, NEAR, "interest") == pytest.approx(2 / 3)
    both = replace(NEAR, interests=("music", "sport"))
    assert value(home, both, "interest") == 1


def test_prayer_counts_only_where_a_wish_names_it_and_is_never_told_else():
    prays = replace(NEAR, interests=("prayer",))
    nothing = replace(NEAR, interests=())

    assert (
        fit(HomeFacts(wished=(MUSIC,)), prays, WORDS).total
        < fit(HomeFacts(wished=(FAITH,)), prays, WORDS).total
    )
    for home in (HomeFacts(), HomeFacts(wished=(MUSIC,)), HomeFacts(volunteers_count=1)):
        assert fit(home, prays, WORDS) == fit(home, nothing, WORDS)


def test_a_language_counts_only_where_a_wish_names_it():
    speaks = replace(NEAR, interests=(), languages=("pl", "pa"))
    home = HomeFacts(languages={"pl": "Polish"})

    assert "speaking Polish" in words(home, speaks, "interest")
    plain = replace(speaks, languages=())
    assert fit(HomeFacts(), speaks, WORDS) == fit(HomeFacts(), plain, WORDS)


def test_somebody_near_is_held_higher_and_nobody_is_held_lower_for_travelling_far():
    steps = (300, 1_200, 1_201, 3_000, 9_000, 16_000, 30_000)
    values = [value(HomeFacts(), replace(NEAR, distance_m=m), "reach") for m in steps]

    assert values == sorted(values, reverse=True)
    assert values[0] == values[1] == 1
    assert values[-1] == pytest.approx(0.3)
    far = replace(NEAR, travel_m=16_093)
    assert value(HomeFacts(), far, "reach") == value(HomeFacts(), NEAR, "reach")


def test_whoever_writes_or_lives_where_it_cannot_be_told_is_not_left_out():
    writes = replace(NEAR, travel_m=0)
    nowhere = replace(NEAR, distance_m=None)

    assert words(HomeFacts(), writes, "reach") == "writes or calls, and does not travel"
    assert value(HomeFacts(), writes, "reach") == 0.5
    assert value(HomeFacts(), nowhere, "reach") == 0.4


def test_a_home_without_a_volunteer_needs_one_most():
    one = HomeFacts(volunteers_count=1, shared=frozenset({"music"}))
    other = HomeFacts(volunteers_count=2, shared=frozenset({"games"}))

    assert value(HomeFacts(), NEAR, "need") == 1
    assert value(other, NEAR, "need") == 0.6
    assert words(other, NEAR, "need") == (
        "2 volunteers come already; none of them for music and singing"
    )
    assert value(one, NEAR, "need") == 0.3


def test_a_day_on_which_little_happens_is_the_best_day():
    home = HomeFacts(busy_days=frozenset({"tue"}))
    when = {slot: replace(NEAR, times=(slot,)) for slot in ("tue-am", "wed-pm")}

    assert value(home, when["wed-pm"], "times") == 1
    assert words(home, when["wed-pm"], "times") == (
        "free on Wednesday afternoon, when little has happened here lately"
    )
    assert value(home, when["tue-am"], "times") == 0.7
    assert value(home, NEAR, "times") == 0.4


def test_whoever_is_not_cleared_comes_with_somebody_at_hand():
    assert value(HomeFacts(), NEAR, "role") == 1
    uncleared = replace(NEAR, is_cleared=False)
    assert "always with somebody at hand" in words(HomeFacts(), uncleared, "role")


@pytest.mark.parametrize(
    ("metres", "said"),
    [(0, "less than 1 km away"), (499, "less than 1 km away"), (2_400, "about 2 km away")],
)
def test_a_distance_is_told_as_roughly_as_it_is_known(metres, said):
    assert rough_distance(metres) == said


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(INTERESTS)), unique=True, max_size=5),
    st.lists(st.sampled_from(sorted(TIMES)), unique=True, max_size=4),
    st.floats(0, 40_000),
    st.sampled_from([0, 1_200, 16_093]),
    st.integers(0, 4),
    st.booleans(),
)
def test_every_part_has_its_words_and_the_whole_stays_between_0_and_1(
    interests, times, metres, travel, comes, cleared
):
    home = HomeFacts(
        wished=(MUSIC, FAITH), volunteers_count=comes, busy_days=frozenset({"mon"})
    )
    volunteer = VolunteerFacts(
        interests=tuple(interests), times=tuple(times), travel_m=travel, distance_m=metres,
        is_cleared=cleared,
    )  # fmt: skip
    found = fit(home, volunteer, WORDS)

    assert 0 <= found.total <= 1
    assert all(part.words for part in found.parts)
    assert [part.weight for part in found.parts] == [0.40, 0.20, 0.15, 0.15, 0.10]
