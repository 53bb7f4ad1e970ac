"""Ties as they leave."""

import datetime as dt

from fans.research.pseudonyms import Pseudonyms
from tests.fans.research.scene import asset, extracted, met, score_month_6, tie


def told(scene, of):
    partner = Pseudonyms(scene.study.key).partner(of.partner_id)
    [row] = [r for r in extracted(scene.study).rows("partnerships") if r["partner"] == partner]
    return row


def test_a_tie_lasted_as_of_the_latest_scored_wave(scene):
    lasting = tie(scene.agreed[0], asset("Choir room"))
    for day in (dt.date(2026, 11, 20), dt.date(2026, 10, 20), dt.date(2026, 9, 20)):
        met(lasting, day)
    score_month_6(scene, of=scene.agreed[0])

    assert told(scene, lasting)["sustained"] == "true"


def test_whether_a_tie_lasted_is_not_known_without_a_scored_wave(scene):
    lasting = tie(scene.agreed[0], asset("Choir room"))
    for day in (dt.date(2026, 11, 20), dt.date(2026, 10, 20), dt.date(2026, 9, 20)):
        met(lasting, day)

    assert told(scene, lasting)["sustained"] == ""


def test_whether_a_tie_lasted_is_not_known_in_the_first_two_months(scene):
    lasting = tie(scene.agreed[0], asset("Choir room"))
    for days in (1, 30, 60):
        met(lasting, dt.date(2026, 6, 30) - dt.timedelta(days=days))
    score_month_6(scene, of=scene.agreed[0], as_of=dt.date(2026, 6, 30))

    assert told(scene, lasting)["sustained"] == ""


def test_a_tie_starts_with_its_first_meeting_that_stands(scene):
    old = tie(scene.agreed[0], asset("Old friends"))
    met(old, dt.date(2026, 2, 27), until_on=dt.date(2026, 3, 3))
    met(old, dt.date(2026, 1, 5), undone_at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC))

    assert told(scene, old)["started"] == "2026-03"


def test_a_tie_without_a_meeting_has_no_start(scene):
    idea = tie(scene.agreed[0], asset("Some day"), status="idea")

    assert told(scene, idea)["started"] == ""


def test_both_sides_have_to_confirm(scene):
    half = tie(
        scene.agreed[0], asset("Half"), home_confirmed_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    )

    assert told(scene, half)["both_confirmed"] == "false"
