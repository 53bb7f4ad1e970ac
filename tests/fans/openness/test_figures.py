"""What may be shown of a score, to the home's own team and to others."""

import datetime as dt
import itertools

import pytest
import time_machine
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fans.openness.few_answers import hidden_groups, kept_back, middle_range
from fans.openness.figures import figures, figures_of
from fans.openness.score import score
from fans.openness.services import plan_waves, score_wave, submit_assessment
from tests.fans.openness.larkfield import V1, evidence, larkfield

GROUPS = ("residents", "relatives", "staff", "manager", "volunteers")
OPEN = ("residents", "relatives", "staff", "volunteers")
ASKED = ("A3", "D4", "F2", "G1", "H1")

sheets = st.dictionaries(
    st.sampled_from(GROUPS), st.lists(st.integers(0, 4), max_size=12), max_size=5
)
assessments = st.dictionaries(st.sampled_from(ASKED), sheets, max_size=5)


def look(assessed, least):
    found = evidence(larkfield(assessed={**{key: {} for key in ASKED}, **assessed}))
    scored = score(V1, found)
    return figures(V1, found, scored, as_of=dt.date(2026, 8, 20), least=least)


@given(assessments)
@settings(max_examples=60)
def test_others_are_shown_a_part_of_what_the_home_is_shown(assessed):
    inside, outside = look(assessed, 3), look(assessed, 8)

    assert inside.kept <= outside.kept
    assert set(outside.flags) <= set(inside.flags)
    for name in ("overall", "felt", "level", "lived"):
        assert getattr(outside, name) in (None, getattr(inside, name))
    for id, value in outside.indicators.items():
        assert value in (None, inside.indicators[id])
    for id, value in outside.dimensions.items():
        assert value in (None, inside.dimensions[id])
    for id, medians in outside.medians.items():
        assert medians.items() <= inside.medians[id].items()


@given(assessments, st.sampled_from([3, 8]))
@settings(max_examples=60)
def test_shows_no_median_of_fewer_than_it_takes(assessed, least):
    for id, medians in look(assessed, least).medians.items():
        for group in medians:
            assert group == "manager" or len(assessed[id][group]) >= least


@given(sheets, st.sampled_from([3, 8]))
@settings(max_examples=80)
def test_what_is_shown_fits_two_ways_at_least_of_what_is_hidden(given_answers, least):
    """Whoever knows all that is shown still cannot tell one hidden group's answers."""
    shown = look({"H1": given_answers}, least)
    value = shown.indicators["H1"]
    assume(value is not None)
    answers = {group: given for group, given in given_answers.items() if given}
    hidden = sorted(set(answers) - set(shown.medians.get("H1", {})))
    assume(hidden)

    known = sum(shown.medians.get("H1", {}).values())
    left = value * len(answers) - known
    steps = [n / 2 for n in range(9)]
    ways = [
        way
        for way in itertools.product(steps, repeat=len(hidden) - 1)
        if 0 <= left - sum(way) <= 4
    ]
    for position in range(len(hidden) - 1):
        assert len({way[position] for way in ways}) >= 2
    assert len({left - sum(way) for way in ways}) >= 2
    assert sum(len(answers[group]) for group in hidden) >= least


@given(assessments, st.sampled_from([3, 8]), st.data())
@settings(max_examples=60)
def test_nothing_that_is_shown_moves_with_an_answer_that_is_kept_back(assessed, least, data):
    """Give the hidden groups of a sign that is kept back any other answers: same picture."""
    before = look(assessed, least)
    assume(before.kept)
    changed = {id: dict(groups) for id, groups in assessed.items()}
    found = evidence(larkfield(assessed={**{key: {} for key in ASKED}, **assessed}))
    medians = score(V1, found).indicators
    for id in before.kept:
        hidden = hidden_groups(V1, medians[id].medians, found.assessed[id], least)
        for group in hidden:
            size = len(assessed[id][group])
            changed[id][group] = data.draw(
                st.lists(st.integers(0, 4), min_size=size, max_size=size)
            )
    after = look(changed, least)
    assume(after.kept == before.kept)

    assert after.medians == before.medians
    assert after.indicators == before.indicators
    assert after.dimensions == before.dimensions
    assert (after.overall, after.felt, after.lived) == (
        before.overall,
        before.felt,
        before.lived,
    )
    assert after.flags == before.flags


def test_somebody_alone_in_a_group_cannot_work_out_a_pair():
    """One resident and two relatives make three, but the resident knows their own answer."""
    found = evidence(larkfield(assessed={"H1": {"residents": [2], "relatives": [1, 3]}}))

    assert "H1" in kept_back(V1, found, score(V1, found))


@given(st.lists(st.integers(0, 4), max_size=30), st.sampled_from([3, 8]))
def test_each_end_of_a_groups_range_stands_for_as_many_people_as_it_takes(answers, least):
    found = middle_range(answers, least)

    if found is None:
        assert len(answers) < 2 * least
    else:
        low, high = found
        assert sum(answer <= low for answer in answers) >= least
        assert sum(answer >= high for answer in answers) >= least


@pytest.mark.django_db
def test_reads_a_stored_score_without_a_query(wave, django_assert_num_queries):
    stored = score_wave(wave=wave)
    row = type(stored).objects.select_related("instrument").get(pk=stored.pk)

    with django_assert_num_queries(0):
        found = figures_of(row, least=8)

    assert (found.lived, found.felt) == (stored.result["lived"], stored.result["felt"])
    assert found.medians["G1"] == {"manager": 2}


@pytest.fixture
def wave(cohort, home):
    with time_machine.travel(dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC), tick=False):
        planned = plan_waves(enrolment=cohort.enrolments.get(home=home))[0]
        answers = {"G1": 2, "H1": 3}
        submit_assessment(wave=planned, group="manager", answers=answers, by=None)
        yield planned
