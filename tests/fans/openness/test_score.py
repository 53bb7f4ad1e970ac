"""The score of instrument v1: worked by hand, at every edge, and by its properties."""

import itertools
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.openness.evidence import evidence_as_json
from fans.openness.score import score_as_json
from tests.fans.openness.larkfield import V1, evidence, larkfield, scored, without


def test_gives_larkfield_the_score_worked_by_hand():
    found = scored(larkfield())

    assert (found.overall, found.lived, found.felt) == (61.8, 68.8, 53.3)
    assert found.level == "out"
    assert found.missing == ()
    assert found.flags == ("groups_differ:A3",)
    assert (found.coverage.known, found.coverage.of, found.coverage.dimensions) == (20, 20, 8)
    assert found.coverage.enough


@pytest.mark.parametrize(
    ("id", "raw", "value"),
    [
        ("A1", 3.5, 2),
        ("A2", 1.25, 3),
        ("A3", None, 3),
        ("B1", 1.5, 2),
        ("B2", 0.225, 2),
        ("C1", 4 / 9, 3),
        ("C2", 3 / 7, 3),
        ("D1", 9, 3),
        ("D2", pytest.approx(1.52296 / 2.07944, abs=1e-5), 3),
        ("D3", 5 / 22, 3),
        ("D4", None, 2),
        ("E1", 4, 3),
        ("E2", None, 2.2),
        ("F1", 0.3, 3),
        ("F2", 0.45, 2.5),
        ("G1", None, 3),
        ("G2", None, 2),
        ("G3", None, 2),
        ("G4", None, 1),
        ("H1", None, 2),
    ],
)
def test_gives_each_indicator_the_value_worked_by_hand(id, raw, value):
    sign = scored(larkfield()).indicators[id]

    assert sign.raw == raw
    assert sign.value == value


def test_gives_each_dimension_the_mean_worked_by_hand():
    found = scored(larkfield()).dimensions

    assert found == pytest.approx(
        {"A": 8 / 3, "B": 2, "C": 3, "D": 2.75, "E": 2.6, "F": 2.75, "G": 2, "H": 2}
    )


def test_prints_the_published_shape_and_nothing_else():
    shape = score_as_json(scored(larkfield()))

    assert list(shape) == [
        "overall",
        "lived",
        "felt",
        "coverage",
        "dimensions",
        "indicators",
        "missing",
        "flags",
    ]
    assert shape["coverage"] == {"known": 20, "of": 20, "dimensions": 8, "enough": True}
    assert shape["dimensions"]["B"] == {"value": 2.0}
    assert shape["indicators"]["A1"] == {"raw": 3.5, "value": 2}
    assert shape["indicators"]["G1"] == {"raw": None, "value": 3.0}
    assert json.loads(json.dumps(shape, allow_nan=False)) == shape


# Each row: indicator, the value just below a cut, the value at it, the band from there on.
# Larkfield has 40 beds and 9 active partners.
BAND_EDGES = [
    ("A1", "visits_in", 0, 0.5, 1),
    ("A1", "visits_in", 7.5, 8, 2),
    ("A1", "visits_in", 19.5, 20, 3),
    ("A1", "visits_in", 39.5, 40, 4),
    ("A2", "familiar_partners", 0, 1, 1),
    ("A2", "familiar_partners", 1, 2, 2),
    ("A2", "familiar_partners", 3, 4, 3),
    ("A2", "familiar_partners", 7, 8, 4),
    ("B1", "trips_out", 0, 0.5, 1),
    ("B1", "trips_out", 3.5, 4, 2),
    ("B1", "trips_out", 9.5, 10, 3),
    ("B1", "trips_out", 19.5, 20, 4),
    ("B2", "residents_out", 0, 1, 1),
    ("B2", "residents_out", 3, 4, 2),
    ("B2", "residents_out", 9, 10, 3),
    ("B2", "residents_out", 19, 20, 4),
    ("C1", "two_way_partners", 0, 1, 1),
    ("C1", "two_way_partners", 1.5, 1.8, 2),
    ("C1", "two_way_partners", 3.5, 3.6, 3),
    ("C1", "two_way_partners", 5, 6, 4),
    ("D3", "reachable_assets_with_tie", 0, 1, 1),
    ("D3", "reachable_assets_with_tie", 1, 2, 2),
    ("D3", "reachable_assets_with_tie", 3, 4, 3),
    ("D3", "reachable_assets_with_tie", 6, 7, 4),
    ("E1", "sustained_partners", 0, 1, 1),
    ("E1", "sustained_partners", 1, 2, 2),
    ("E1", "sustained_partners", 3, 4, 3),
    ("E1", "sustained_partners", 5, 6, 4),
    ("E1", "sustained_partners", 0, 0.5, 1),
    ("F1", "occurrences_from_residents", 0, 1, 1),
    ("F1", "occurrences_from_residents", 1, 2, 2),
    ("F1", "occurrences_from_residents", 4, 5, 3),
    ("F1", "occurrences_from_residents", 9, 10, 4),
    ("F2", "residents_reached", 0, 1, 1),
    ("F2", "residents_reached", 7, 8, 2),
    ("F2", "residents_reached", 15, 16, 3),
    ("F2", "residents_reached", 27, 28, 4),
]


@pytest.mark.parametrize(("id", "count", "below", "at", "band"), BAND_EDGES)
def test_puts_a_value_in_the_band_from_its_cut_on(id, count, below, at, band):
    under = scored(larkfield(observed={count: below})).indicators[id]
    on = scored(larkfield(observed={count: at})).indicators[id]

    assert (under.computed, on.computed) == (band - 1, band)


@pytest.mark.parametrize(("used", "band"), [(0, 0), (1, 1), (2, 2), (4, 3), (6, 4), (12, 4)])
def test_puts_the_share_of_home_assets_in_its_band_and_does_not_cap_it(used, band):
    found = scored(larkfield(observed={"home_assets_listed": 10, "home_assets_used": used}))

    assert found.indicators["C2"].value == band
    assert found.indicators["C2"].raw == used / 10


@pytest.mark.parametrize(
    ("used", "below", "band"), [(2, 1.999, 2), (4, 3.999, 3), (6, 5.999, 4)]
)
def test_keeps_a_share_just_under_a_cut_in_the_band_below(used, below, band):
    under = scored(larkfield(observed={"home_assets_listed": 10, "home_assets_used": below}))

    assert under.indicators["C2"].value == band - 1


@pytest.mark.parametrize(
    ("partners", "band"), [(0, 0), (1, 1), (2, 1), (3, 2), (5, 2), (6, 3), (9, 3), (10, 4)]
)
def test_bands_the_number_of_active_partners(partners, band):
    observed = {"active_partners_by_category": {"faith": partners}}

    assert scored(larkfield(observed=observed)).indicators["D1"].value == band


@pytest.mark.parametrize(
    ("counts", "raw", "band"),
    [
        ([3], 0, 0),
        ([7, 1], 0.1811881, 1),
        ([9, 3], 0.2704260, 2),
        ([2, 1, 1], 0.5, 3),
        ([5, 2, 1], 0.4329316, 2),
        ([2, 2, 2, 1, 1], 0.75, 4),
        ([3, 2, 2, 1, 1], 0.7323866, 3),
        ([1] * 8, 1, 4),
        ([1] * 12, 1, 4),
        ([0, 3, 0], 0, 0),
    ],
)
def test_bands_variety_right_even_where_logarithms_waver(counts, raw, band):
    for order in itertools.islice(itertools.permutations(counts), 30):
        by_category = {f"kind {i}": n for i, n in enumerate(order)}
        sign = scored(
            larkfield(observed={"active_partners_by_category": by_category})
        ).indicators["D2"]

        assert sign.raw == pytest.approx(raw, abs=1e-7)
        assert sign.value == band


@pytest.mark.parametrize("beds", [None, 0])
def test_knows_no_rate_without_beds(beds):
    found = scored(larkfield(occupied_beds=beds))

    assert found.missing == ("A1", "A2", "B1", "B2")
    assert found.indicators["F2"].raw is None
    assert found.indicators["F2"].value == 2


def test_knows_neither_share_of_residents_without_a_tally():
    found = scored(without("observed.residents_out", "observed.residents_reached"))

    assert found.missing == ("B2",)
    assert found.dimensions["B"] == found.indicators["B1"].value
    assert found.indicators["F2"].value == 2


def test_takes_fair_share_from_the_tally_where_nobody_answered():
    found = scored(without("assessed.F2"))

    assert found.indicators["F2"].value == 3
    assert found.missing == ()


def test_knows_no_variety_of_two_partners():
    by_category = {"faith": 1, "school": 1}

    found = scored(larkfield(observed={"active_partners_by_category": by_category}))

    assert found.missing == ("D2",)
    assert found.indicators["D1"].value == 1


@pytest.mark.parametrize(
    ("observed", "missing"),
    [
        ({"active_partners_by_category": {}}, ("C1", "D2")),
        ({"active_partners_by_category": {"faith": 0}}, ("C1", "D2")),
        ({"active_partners_by_category": None}, ("C1", "D1", "D2")),
        ({"two_way_partners": None}, ("C1",)),
        ({"home_assets_listed": 0}, ("C2",)),
        ({"home_assets_listed": None}, ("C2",)),
        ({"home_assets_used": None}, ("C2",)),
        ({"reachable_assets": 4.5}, ("D3",)),
        ({"reachable_assets": 5}, ()),
        ({"reachable_assets_with_tie": None}, ("D3",)),
        ({"sustained_partners": None}, ("E1",)),
        ({"partnership_depths": []}, ("E2",)),
        ({"partnership_depths": [None]}, ("E2",)),
        ({"occurrences": 0, "occurrences_with_origin": 0}, ("F1",)),
        ({"occurrences_with_origin": 9}, ("F1",)),
        ({"occurrences_with_origin": 10}, ()),
        ({"occurrences": None}, ("F1",)),
        ({"occurrences_from_residents": None}, ("F1",)),
    ],
)
def test_says_what_is_not_known_by_the_rules(observed, missing):
    assert scored(larkfield(observed=observed)).missing == missing


@pytest.mark.parametrize(("months", "missing"), [(None, ("E1",)), (1, ("E1",)), (2, ())])
def test_knows_no_lasting_ties_in_the_first_two_months(months, missing):
    assert scored(larkfield(months_since_start=months)).missing == missing


def test_counts_a_zero_as_a_zero_and_not_as_missing():
    found = scored(larkfield(observed={"visits_in": 0}))

    assert found.indicators["A1"].value == 0
    assert found.missing == ()


def test_gives_no_overall_for_ten_of_twenty_indicators():
    document = without(*(f"assessed.{id}" for id in ("A3", "D4", "G1", "G2", "G3", "G4", "H1")))
    for count in ("partnership_depths", "sustained_partners", "occurrences"):
        del document["observed"][count]

    found = scored(document)

    assert found.coverage.known == 10
    assert not found.coverage.enough
    assert found.overall is None
    assert found.level is None
    assert found.lived is not None
    assert found.felt == 50.0


def known_only(*ids):
    """Larkfield, with only these indicators known."""
    counts = {
        "A1": ["visits_in"],
        "A2": ["familiar_partners"],
        "B1": ["trips_out"],
        "B2": ["residents_out"],
        "C2": ["home_assets_listed", "home_assets_used"],
        "D3": ["reachable_assets", "reachable_assets_with_tie"],
        "E1": ["sustained_partners"],
        "E2": ["partnership_depths"],
        "F1": ["occurrences", "occurrences_with_origin", "occurrences_from_residents"],
    }
    document = larkfield()
    kept = {count for id in ids for count in counts.get(id, [])}
    document["observed"] = {k: v for k, v in document["observed"].items() if k in kept}
    document["assessed"] = {k: v for k, v in document["assessed"].items() if k in ids}
    return document


def test_gives_an_overall_from_twelve_indicators_on_six_sides():
    found = scored(
        known_only("A1", "A2", "A3", "B1", "B2", "C2", "D3", "D4", "E1", "E2", "F1", "F2")
    )

    assert (found.coverage.known, found.coverage.dimensions) == (12, 6)
    assert found.overall is not None


@pytest.mark.parametrize(
    ("ids", "known", "sides"),
    [
        (("A1", "A2", "A3", "B1", "B2", "C2", "D3", "D4", "E1", "E2", "F1"), 11, 6),
        (
            ("A1", "A2", "A3", "B1", "B2", "D3", "D4", "F1", "F2", "G1", "G2", "G3", "G4"),
            13,
            5,
        ),
    ],
)
def test_gives_no_overall_below_either_bound(ids, known, sides):
    found = scored(known_only(*ids))

    assert (found.coverage.known, found.coverage.dimensions) == (known, sides)
    assert found.overall is None


def test_weighs_groups_alike_so_that_many_staff_do_not_outvote_one_resident():
    found = scored(larkfield(assessed={"A3": {"residents": [0], "staff": [4] * 12}}))

    assert found.indicators["A3"].value == 2


def test_takes_the_mean_of_the_middle_two_answers():
    found = scored(larkfield(assessed={"G1": {"staff": [4, 0, 3, 1], "manager": [3, 0, 4]}}))

    assert found.indicators["G1"].medians == {"staff": 2, "manager": 3}
    assert found.indicators["G1"].value == 2.5


def test_ignores_groups_that_gave_no_answer():
    found = scored(larkfield(assessed={"G1": {"manager": [3], "staff": [], "other": [None]}}))

    assert found.indicators["G1"].value == 3
    assert "G1" not in found.missing


def test_rounds_a_headline_half_up():
    document = {
        "instrument": "v1",
        "assessed": {"G1": {"staff": [2]}, "G2": {"staff": [2, 3]}},
    }

    assert scored(document).felt == 56.3


def test_rounds_by_the_exact_mean_where_floats_fall_short():
    # A mean of three groups is 5/3; the exact figure is worked out here in whole numbers.
    thirds = {"residents": [3], "staff": [1], "manager": [1]}
    ids = ("A3", "D4", "F2", "G1", "G2", "G3")
    for count in range(1, len(ids) + 1):
        for values in itertools.product((0, 1, 2, 3, 4), repeat=2):
            assessed = dict.fromkeys(ids[:count], thirds) | {
                "G4": {"staff": [values[0]]},
                "H1": {"staff": [values[1]]},
            }
            felt = scored({"instrument": "v1", "assessed": assessed}).felt

            tenths, rest = divmod(250 * (5 * count + 3 * sum(values)), 3 * (count + 2))
            assert felt == (tenths + (2 * rest >= 3 * (count + 2))) / 10


@pytest.mark.parametrize(
    ("answer", "level"),
    [(0, "inward"), (1, "opening"), (2, "out"), (3, "part"), (4, "part")],
)
def test_names_the_level_from_its_first_point_on(answer, level):
    document = larkfield(observed={"partnership_depths": [answer]})
    document["observed"] = {"partnership_depths": [answer]}
    document["assessed"] = {i.id: {"staff": [answer]} for i in V1.asked}
    document |= {"occupied_beds": 10, "months_since_start": 6}
    # Fill the other sides with bands of the same step.
    visits = (0, 1, 2, 5, 10)[answer]
    share = (0, 1, 2, 4, 6)[answer]
    document["observed"] |= {
        "visits_in": visits,
        "home_assets_listed": 10,
        "home_assets_used": share,
        "trips_out": (0, 0.5, 1, 2.5, 5)[answer],
        "sustained_partners": (0, 1, 2, 4, 6)[answer],
    }

    found = scored(document)

    assert found.overall == answer * 25
    assert found.level == level


def test_takes_the_level_from_the_unrounded_overall():
    # Seven sides at 2 and one just under it: 49.96 is shown as 50.0 and is still "opening".
    assessed = {i.id: {"staff": [2]} for i in V1.asked}
    document = {
        "instrument": "v1",
        "occupied_beds": 10,
        "months_since_start": 6,
        "assessed": assessed,
        "observed": {
            "visits_in": 2,
            "trips_out": 1,
            "home_assets_listed": 10,
            "home_assets_used": 2,
            "partnership_depths": [2] * 99 + [1],
            "residents_out": 1,
        },
    }

    found = scored(document)

    assert found.overall == 50.0
    assert found.level == "opening"


def test_raises_the_flags_in_their_order():
    document = larkfield(
        occupied_beds=19,
        provenance={"recall": True, "weeks_logged": 3},
        assessed={"H1": {"manager": [0], "staff": [4, 4, 4]}},
    )

    assert scored(document).flags == (
        "from_memory",
        "part_logged",
        "groups_differ:A3",
        "groups_differ:H1",
        "small_home",
    )


def test_marks_a_score_from_memory():
    assert "from_memory" in scored(larkfield(provenance={"recall": True})).flags


@pytest.mark.parametrize(
    ("beds", "is_small"), [(None, False), (0, False), (1, True), (19, True), (20, False)]
)
def test_marks_a_small_home(beds, is_small):
    assert ("small_home" in scored(larkfield(occupied_beds=beds)).flags) is is_small


@pytest.mark.parametrize(("weeks", "is_part"), [(0, True), (3, True), (4, False)])
def test_marks_a_log_of_less_than_four_weeks(weeks, is_part):
    flags = scored(larkfield(provenance={"weeks_logged": weeks})).flags

    assert ("part_logged" in flags) is is_part


def test_marks_one_voice_and_still_gives_an_overall():
    document = larkfield()
    document["assessed"] = {id: {"staff": [2, 3]} for id in document["assessed"]}

    found = scored(document)

    assert found.flags == ("one_voice",)
    assert found.overall is not None


def test_hears_no_voice_where_nobody_answered():
    document = larkfield()
    document["assessed"] = {"G1": {"staff": []}}

    assert scored(document).flags == ()


@pytest.mark.parametrize(
    ("low", "differs"), [([2], True), ([2, 3], False), ([3], False), ([0], True)]
)
def test_marks_groups_whose_medians_lie_two_apart(low, differs):
    found = scored(larkfield(assessed={"A3": {"residents": low, "staff": [4]}}))

    assert ("groups_differ:A3" in found.flags) is differs


def test_stays_finite_for_absurd_counts():
    huge = {"visits_in": 1e308, "reachable_assets_with_tie": 1e308, "sustained_partners": 1e308}

    shape = score_as_json(scored(larkfield(occupied_beds=1e-300, observed=huge)))

    assert json.dumps(shape, allow_nan=False)


counts = st.none() | st.integers(0, 60) | st.integers(0, 120).map(lambda n: n / 2)
answers = st.lists(st.integers(0, 4), max_size=5)
documents = st.fixed_dictionaries(
    {
        "instrument": st.just("v1"),
        "occupied_beds": counts,
        "months_since_start": st.none() | st.integers(0, 12),
        "provenance": st.fixed_dictionaries(
            {"recall": st.booleans(), "weeks_logged": st.integers(0, 4)}
        ),
        "observed": st.fixed_dictionaries(
            {
                **dict.fromkeys(
                    (k for k, v in larkfield()["observed"].items() if isinstance(v, int)),
                    counts,
                ),
                "active_partners_by_category": st.none()
                | st.dictionaries(
                    st.sampled_from(["faith", "school", "sport", "youth", "shops"]),
                    st.integers(0, 9),
                ),
                "partnership_depths": st.none() | answers,
            }
        ),
        "assessed": st.fixed_dictionaries(
            {
                i.id: st.dictionaries(st.sampled_from(sorted(V1.groups)), answers, max_size=4)
                for i in V1.asked
            }
        ),
    }
)


@given(documents)
def test_keeps_every_figure_in_bounds(document):
    found = scored(document)

    for figure in (found.overall, found.lived, found.felt):
        assert figure is None or 0 <= figure <= 100
    for value in (*found.dimensions.values(), *(s.value for s in found.indicators.values())):
        assert value is None or 0 <= value <= 4
    assert len(found.missing) + found.coverage.known == 20
    assert (found.overall is not None) is found.coverage.enough


@given(documents, st.randoms(use_true_random=False))
def test_does_not_depend_on_the_order_of_anything(document, luck: random.Random):
    def shuffled(value):
        if isinstance(value, dict):
            items = [(k, shuffled(v)) for k, v in value.items()]
            luck.shuffle(items)
            return dict(items)
        return luck.sample(value, len(value)) if isinstance(value, list) else value

    assert score_as_json(scored(document)) == score_as_json(scored(shuffled(document)))


@given(documents)
def test_takes_null_as_left_out(document):
    def pruned(value):
        if isinstance(value, dict):
            return {k: pruned(v) for k, v in value.items() if v is not None}
        return value

    assert scored(document) == scored(pruned(document))


RISING = (
    "visits_in",
    "familiar_partners",
    "trips_out",
    "residents_out",
    "two_way_partners",
    "home_assets_used",
    "reachable_assets_with_tie",
    "sustained_partners",
    "occurrences_from_residents",
    "residents_reached",
)


@given(documents, st.sampled_from(RISING), st.integers(1, 40))
def test_never_falls_when_more_of_a_good_thing_is_counted(document, count, more):
    if document["observed"][count] is None:
        return
    before = scored(document)
    document["observed"][count] += more
    after = scored(document)

    for id, sign in before.indicators.items():
        assert sign.value is None or after.indicators[id].value >= sign.value
    for a, b in [(before.overall, after.overall), (before.lived, after.lived)]:
        assert a is None or b >= a


@given(documents, st.sampled_from([i.id for i in V1.asked]), st.data())
def test_never_falls_when_an_answer_rises(document, id, data):
    low = [g for g, given in document["assessed"][id].items() if given and min(given) < 4]
    if not low:
        return
    before = scored(document)
    given_answers = document["assessed"][id][data.draw(st.sampled_from(sorted(low)))]
    given_answers[given_answers.index(min(given_answers))] += 1
    after = scored(document)

    assert after.indicators[id].value >= before.indicators[id].value
    assert after.felt >= before.felt


@given(documents)
def test_never_counts_what_is_missing_as_zero(document):
    found = scored(document)

    for dimension in V1.dimensions:
        known = [
            found.indicators[i.id].value
            for i in V1.indicators_of(dimension.id)
            if i.id not in found.missing
        ]
        value = found.dimensions[dimension.id]
        assert (value is None) is (not known)
        assert value is None or min(known) - 1e-12 <= value <= max(known) + 1e-12


@given(documents)
def test_lived_comes_from_counts_alone_and_felt_from_people_alone(document):
    found = scored(document)
    unanswered = {**document, "assessed": {}}
    unanswered["observed"] = {**document["observed"], "partnership_depths": None}
    uncounted = {**document, "observed": None}
    uncounted["observed"] = {"partnership_depths": document["observed"]["partnership_depths"]}

    assert scored(unanswered).lived == found.lived
    assert scored(unanswered).felt is None
    assert scored(uncounted).felt == found.felt
    assert scored(uncounted).lived is None


@given(documents)
def test_rebuilds_the_same_score_from_kept_evidence(document):
    once = evidence(document)

    assert evidence(evidence_as_json(once)) == once
    assert score_as_json(scored(evidence_as_json(once))) == score_as_json(scored(document))
