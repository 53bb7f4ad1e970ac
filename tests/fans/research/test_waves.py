"""Scores in an extract: the home's own counts, and answers of enough people."""

import datetime as dt
import uuid

from fans.openness.services import score_wave
from tests.fans.research.scene import asset, extracted, met, score_month_6, tie


def told(scene):
    rows = extracted(scene.study).rows("waves")
    return {(row["measure"], row["code"]): row for row in rows}


def test_gives_a_row_for_each_indicator_dimension_and_the_whole(scene):
    score_month_6(scene, of=scene.agreed[1])

    rows = told(scene)

    assert len(rows) == 20 + 8 + 1
    assert {row["instrument"] for row in rows.values()} == {"v1"}
    assert {(row["wave"], row["as_of"]) for row in rows.values()} == {("6", "2026-11")}


def test_lived_figures_are_the_home_s_own(scene):
    stored = score_month_6(scene, of=scene.agreed[1])

    rows = told(scene)

    assert stored.lived is not None
    assert rows["overall", "overall"]["lived"] == str(float(stored.lived))
    for code in ("A1", "D1", "E1"):
        value = stored.result["indicators"][code]["value"]
        assert float(rows["indicator", code]["value"]) == value


def test_answers_of_two_residents_are_left_out_and_the_manager_s_stays(scene):
    stored = score_month_6(scene, of=scene.agreed[1])

    rows = told(scene)

    assert stored.result["indicators"]["G2"]["value"] == 2.25
    assert float(rows["indicator", "G2"]["value"]) == 3.0
    assert {row["answers_left_out"] for row in rows.values()} == {"1"}


def test_answers_of_eight_residents_count(scene):
    stored = score_month_6(scene, of=scene.agreed[1])
    for value in (2,) * 6:
        assessment = stored.wave.assessments.create(group="residents", client_uuid=uuid.uuid4())
        g2 = stored.instrument.indicators.get(code="G2")
        assessment.answers.create(indicator=g2, value=value)
    stored = score_wave(wave=stored.wave, as_of=stored.as_of)

    rows = told(scene)

    assert float(rows["indicator", "G2"]["value"]) == 2.5
    assert stored.result["indicators"]["G2"]["value"] == 2.5
    assert rows["overall", "overall"]["answers_left_out"] == "0"


def test_counts_of_partners_are_told_and_rates_for_residents_held_back(scene):
    score_month_6(scene, of=scene.agreed[1])

    rows = told(scene)

    d1, a1 = rows["indicator", "D1"], rows["indicator", "A1"]
    assert (d1["raw"], d1["raw_held_back"]) == ("1", "false")
    assert (a1["raw"], a1["raw_held_back"], a1["value"]) == ("", "true", "1")


def test_an_unknown_raw_value_is_not_held_back(scene):
    score_month_6(scene, of=scene.agreed[1])

    d2 = told(scene)["indicator", "D2"]

    assert (d2["raw"], d2["raw_held_back"]) == ("", "false")


def test_raw_values_that_count_a_private_person_are_held_back(scene):
    score_month_6(scene, of=scene.agreed[0])  # which has a friend of its own

    d1 = told(scene)["indicator", "D1"]

    assert (d1["raw"], d1["raw_held_back"], d1["value"]) == ("", "true", "2")


def test_a_private_person_met_long_ago_holds_nothing_back(scene):
    friend = scene.ties["friend"]
    friend.connections.update(happened_on=dt.date(2026, 11, 28) - dt.timedelta(days=112))
    score_month_6(scene, of=scene.agreed[0])

    assert told(scene)["indicator", "D1"]["raw_held_back"] == "false"


def test_says_where_counts_are_from_memory(scene):
    recalled = tie(scene.agreed[1], asset("Once"))
    met(recalled, dt.date(2026, 5, 10), source="recall")
    wave = score_month_6(scene, of=scene.agreed[1]).wave
    wave.month = 0
    wave.save()
    score_wave(wave=wave, as_of=dt.date(2026, 5, 20))

    rows = told(scene)

    assert {row["source"] for row in rows.values()} == {"recall"}
    assert {row["wave"] for row in rows.values()} == {"0"}


def test_a_wave_without_a_score_gives_no_row(scene):
    score_month_6(scene, of=scene.agreed[1]).delete()

    assert told(scene) == {}


def test_waves_of_homes_without_agreement_are_absent(scene):
    score_month_6(scene, of=scene.silent)

    assert told(scene) == {}
