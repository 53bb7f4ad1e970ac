"""The rows behind an indicator add up to what was counted."""

import datetime as dt
import random

import pytest
import time_machine
from django.urls import reverse

from fans.openness.behind import TABLES, behind
from fans.openness.from_log import asked_of, evidence_for
from fans.openness.services import plan_waves
from tests import factories
from tests.fans.openness.larkfield import V1
from tests.fans.openness.logs import AS_OF, START, asset_at, met, random_home, tie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_month_6():
    with time_machine.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False):
        yield


def table(code, home, **asked):
    return behind(code, asked_of(home, as_of=AS_OF, **asked), V1.window)


def yes(found):
    return len([row for row in found.rows if row[-1] == "yes"])


@pytest.mark.parametrize("seed", range(12))
def test_adds_up_to_the_count_on_random_logs(seed):
    home = random_home(random.Random(seed))  # noqa: S311
    enrolment = factories.EnrolmentFactory(home=home, starts_on=START)
    wave = plan_waves(enrolment=enrolment)[0]
    evidence = evidence_for(home, wave=wave, as_of=AS_OF)
    seen = evidence.observed
    small = V1.window.is_small(evidence.occupied_beds)
    rows = {code: table(code, home, wave=wave) for code in TABLES}

    def times(code):
        return sum(int(row[2]) for row in rows[code].rows)

    assert times("A1") == seen.visits_in * (2 if small else 1)
    assert times("B1") == seen.trips_out * (2 if small else 1)
    assert times("F1") == seen.occurrences
    assert len([r for r in rows["A2"].rows if int(r[1]) >= 2]) == seen.familiar_partners
    assert yes(rows["C1"]) == seen.two_way_partners
    assert len(rows["D1"].rows) == len(rows["D2"].rows) == seen.active_partners
    assert (len(rows["D3"].rows), yes(rows["D3"])) == (
        seen.reachable_assets,
        seen.reachable_assets_with_tie,
    )
    assert yes(rows["E1"]) == seen.sustained_partners
    assert min(yes(rows["C2"]), seen.home_assets_listed) == seen.home_assets_used
    depths = [int(row[1]) for row in rows["E2"].rows if row[1] != "not said"]
    assert sorted(depths) == sorted(seen.partnership_depths)


def test_has_a_table_for_every_counted_indicator():
    counted = {i.id for i in V1.indicators if i.counted or i.is_rated_per_partnership}

    assert set(TABLES) == counted


def test_names_the_places_within_reach_that_have_no_tie_first(home):
    asset_at(500, name="The allotments")
    met(tie(home, asset=asset_at(100, name="St Paul's")))

    assert table("D3", home).rows == [
        ("The allotments", "500", "not yet"),
        ("St Paul's", "100", "yes"),
    ]


def test_says_what_the_tally_says(home):
    factories.TallyFactory(home=home, month=dt.date(2026, 10, 1), residents_out=9)

    assert table("B2", home).rows == [("October 2026", "not said", "9", "not said")]


# --- the page ---------------------------------------------------------------------------


def page(home, code, **query):
    return reverse("openness:behind", args=[home.pk, code], query=query)


@pytest.fixture
def log(cohort, home):
    plan_waves(enrolment=cohort.enrolments.get(home=home))
    choir = tie(home, asset=asset_at(300, name="The canal choir"))
    met(choir, happened_on=dt.date(2026, 11, 18), occurrences=3, origin="resident")
    return choir


@pytest.mark.usefixtures("log")
def test_shows_the_rows_behind_a_sign(client, manager, home):
    client.force_login(manager)

    text = client.get(page(home, "A1", wave=6)).content.decode()

    assert "The canal choir" in text
    assert "18 November 2026" in text
    assert "3 in 28 days" in text


@pytest.mark.usefixtures("log")
def test_shows_the_wave_that_is_asked_for(client, manager, home):
    client.force_login(manager)

    text = client.get(page(home, "A1", wave=0)).content.decode()

    assert "month 0, to 28 May 2026" in text
    assert "There is nothing to show here yet." in text


@pytest.mark.parametrize("code", ["G1", "A3", "Z9", "a1"])
def test_knows_no_rows_behind_an_answer_or_an_unknown_sign(client, manager, home, code):
    client.force_login(manager)

    assert client.get(page(home, code)).status_code == 404


def test_opens_every_table_for_a_home_without_waves(client, manager, home):
    client.force_login(manager)

    for code in TABLES:
        assert client.get(page(home, code)).status_code == 200


def test_is_open_to_the_team_and_facilitator_alone(
    client, home, manager, coordinator, facilitator, champion, researcher, stranger
):
    may = (manager, coordinator, facilitator)
    for person in (*may, champion, researcher, stranger):
        client.force_login(person)

        assert client.get(page(home, "A1")).status_code == (200 if person in may else 403)
