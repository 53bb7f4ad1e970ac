"""The parser of evidence refuses what it should, and says where."""

import json

import pytest

from fans.openness.errors import RefusedError
from fans.openness.evidence import evidence_as_json, read_evidence
from fans.openness.instrument_file import published
from tests.fans.openness.larkfield import evidence, larkfield, without


def refusal(document):
    with pytest.raises(RefusedError) as refused:
        evidence(document)
    return refused.value


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (larkfield(instrument="v9"), "instrument"),
        (larkfield(instrument="../v1"), "instrument"),
        (larkfield(instrument=1), "instrument"),
        (larkfield(instrument=["v1"]), "instrument"),
        (larkfield(instrument=None), ""),
        (without("instrument"), ""),
        (larkfield(occupied_beds="40"), "occupied_beds"),
        (larkfield(occupied_beds=-1), "occupied_beds"),
        (larkfield(occupied_beds=True), "occupied_beds"),
        (larkfield(months_since_start="six"), "months_since_start"),
        (larkfield(provenance=[]), "provenance"),
        (larkfield(provenance={"recall": 1}), "provenance.recall"),
        (larkfield(provenance={"recall": "yes"}), "provenance.recall"),
        (larkfield(provenance={"weeks_logged": -1}), "provenance.weeks_logged"),
        (larkfield(provenance={"weeks": 4}), "provenance.weeks"),
        (larkfield(home="Larkfield"), "home"),
        (larkfield(home=None), "home"),
        ({**larkfield(), "observed": []}, "observed"),
        ({**larkfield(), "assessed": "none"}, "assessed"),
        (larkfield(observed={"visits_in": -0.5}), "observed.visits_in"),
        (larkfield(observed={"visits_in": float("nan")}), "observed.visits_in"),
        (larkfield(observed={"visits_in": float("inf")}), "observed.visits_in"),
        (larkfield(observed={"visits_in": "14"}), "observed.visits_in"),
        (larkfield(observed={"visits_in": False}), "observed.visits_in"),
        (larkfield(observed={"visits_in": [14]}), "observed.visits_in"),
        (larkfield(observed={"visits_in": 10**400}), "observed.visits_in"),
        (larkfield(observed={"visits": 14}), "observed.visits"),
        (larkfield(observed={"a b": 14}), 'observed["a b"]'),
        (
            larkfield(observed={"active_partners_by_category": {"faith": "two"}}),
            "observed.active_partners_by_category.faith",
        ),
        (
            larkfield(observed={"active_partners_by_category": [3]}),
            "observed.active_partners_by_category",
        ),
        (
            larkfield(observed={"active_partners_by_category": {"a": 1e308, "b": 1e308}}),
            "observed.active_partners_by_category",
        ),
        (larkfield(observed={"partnership_depths": 3}), "observed.partnership_depths"),
        (larkfield(observed={"partnership_depths": [3, 5]}), "observed.partnership_depths[1]"),
        (larkfield(observed={"partnership_depths": ["3"]}), "observed.partnership_depths[0]"),
        (larkfield(assessed={"A1": {"staff": [2]}}), "assessed.A1"),
        (larkfield(assessed={"E2": {"staff": [2]}}), "assessed.E2"),
        (larkfield(assessed={"Z9": {"staff": [2]}}), "assessed.Z9"),
        (larkfield(assessed={"G1": [2]}), "assessed.G1"),
        (larkfield(assessed={"G1": {"cook": [2]}}), "assessed.G1.cook"),
        (larkfield(assessed={"G1": {"cook": None}}), "assessed.G1.cook"),
        (larkfield(assessed={"G1": {"staff": 2}}), "assessed.G1.staff"),
        (larkfield(assessed={"G1": {"staff": [5]}}), "assessed.G1.staff[0]"),
        (larkfield(assessed={"G1": {"staff": [2, -1]}}), "assessed.G1.staff[1]"),
        (larkfield(assessed={"G1": {"staff": [2.5]}}), "assessed.G1.staff[0]"),
        (larkfield(assessed={"G1": {"staff": [2.0]}}), "assessed.G1.staff[0]"),
        (larkfield(assessed={"G1": {"staff": [True]}}), "assessed.G1.staff[0]"),
        (larkfield(assessed={"G1": {"staff": ["2"]}}), "assessed.G1.staff[0]"),
        ("v1", ""),
        (None, ""),
        (14, ""),
    ],
)
def test_refuses_with_the_path_to_what_is_wrong(document, path):
    refused = refusal(document)

    assert refused.path == path
    assert refused.problem


def test_names_what_was_given_and_what_is_wanted():
    refused = refusal(larkfield(assessed={"G1": {"staff": [7]}}))

    assert str(refused) == "assessed.G1.staff[0]: must be a whole number from 0 to 4, not 7."


def test_lists_the_groups_when_one_is_unknown():
    assert (
        "residents, relatives, staff"
        in refusal(larkfield(assessed={"G1": {"cook": [2]}})).problem
    )


def test_does_not_repeat_a_long_text_in_its_refusal():
    assert len(str(refusal(larkfield(occupied_beds="x" * 10_000)))) < 200


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (b'{"instrument": "v1", "instrument": "v1"}', "instrument"),
        (
            b'{"instrument": "v1", "observed": {"visits_in": 1, "visits_in": 2}}',
            "observed.visits_in",
        ),
        (b'{"instrument": "v1", "observed": {"visits_in": 1e400}}', "observed.visits_in"),
        (b'{"instrument": "v1", "observed": {"visits_in": NaN}}', "observed.visits_in"),
        (b'[{"instrument": "v1"}, {"instrument": "v2"}]', "[1].instrument"),
        (b'[{"instrument": "v1"}, null]', "[1]"),
        (b'[[{"instrument": "v1"}]]', "[0]"),
        (b'{"instrument": "v1"', "line 1, column 20"),
        (b"", "line 1, column 1"),
        (b'{"instrument": "v1"}\xff', ""),
        (b"[" * 200_000, ""),
        (b'{"instrument": "v1", "occupied_beds": ' + b"9" * 5_000 + b"}", ""),
    ],
)
def test_refuses_a_document_that_is_broken_or_hostile(document, path):
    with pytest.raises(RefusedError) as refused:
        read_evidence(document, published())

    assert refused.value.path == path


def test_reads_one_evidence_or_a_list_in_its_order():
    one = read_evidence(json.dumps(larkfield()), published())
    many = read_evidence(
        json.dumps([larkfield(occupied_beds=n) for n in (3, 1, 2)]), published()
    )

    assert one == evidence(larkfield())
    assert [each.occupied_beds for each in many] == [3, 1, 2]
    assert read_evidence("[]", published()) == []


def test_reads_a_file_with_a_byte_order_mark():
    document = json.dumps(larkfield()).encode("utf-8-sig")

    assert read_evidence(document, published()) == evidence(larkfield())


def test_takes_provenance_left_out_as_logged_for_four_weeks():
    found = evidence(without("provenance")).provenance

    assert (found.recall, found.weeks_logged) == (False, 4)


def test_takes_any_count_of_zero_or_more_as_it_comes():
    odd = {"home_assets_used": 99, "two_way_partners": 12.5, "occurrences_with_origin": 40}

    found = evidence(larkfield(observed=odd)).observed

    assert found.home_assets_used == 99
    assert found.two_way_partners == 12.5


def test_writes_evidence_as_it_was_read():
    assert evidence_as_json(evidence(larkfield())) == larkfield()
