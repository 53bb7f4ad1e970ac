"""A later version is published and used for month 6: earlier scores stay as they are."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from fans.connections.models import Connection
from fans.connections.signals import log_changed
from fans.openness.instruments.services import (
    choose_version,
    draft_from_json,
    publish_draft,
)
from fans.openness.models import Score
from fans.openness.reports import overview_of
from fans.openness.score import score_as_json
from fans.openness.services import plan_waves, rebuild, score_wave, submit_assessment
from fans.openness.waves.services.closing import close_wave
from tests import factories
from tests.fans.openness.instruments.versions import as_file, v2

pytestmark = pytest.mark.django_db

ANSWERS = {"A3": 3, "D4": 1, "F2": 2, "G1": 4, "G2": 0, "G3": 2, "G4": 1, "H1": 3}


def on(year, month, day):
    return time_machine.travel(dt.datetime(year, month, day, 12, tzinfo=dt.UTC), tick=False)


def log_ties(home, day, number):
    for _ in range(number):
        tie = factories.PartnershipFactory(home=home)
        factories.ConnectionFactory(partnership=tie, happened_on=day, occurrences=2)
    log_changed.send(Connection, home_ids={home.pk})


def as_stored():
    """Every score but the last, to the byte, with the time it was made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.wave_id, s.instrument_id, s.evidence::text, s.result::text, s.overall,"
            " s.lived, s.felt, s.as_of, s.computed_at FROM openness_score s"
            " JOIN openness_wave w ON w.id = s.wave_id WHERE w.month < 6 ORDER BY w.month"
        )
        return cursor.fetchall()


@pytest.fixture
def waves(home):
    """Months 0 and 3 measured and closed with v1, month 6 planned."""
    enrolment = factories.EnrolmentFactory(home=home, starts_on=dt.date(2026, 5, 1))
    with on(2026, 4, 30):
        waves = plan_waves(enrolment=enrolment)
    for wave, month in zip(waves[:2], (5, 8), strict=True):
        with on(2026, month, 20):
            log_ties(home, dt.date(2026, month, 19), 4)
            for _ in range(3):
                submit_assessment(wave=wave, group="staff", answers=ANSWERS, by=None)
        with on(2026, month, 28):
            close_wave(wave=wave, by=None)
    return waves


def test_v2_scores_month_6_and_every_earlier_score_stays_to_the_byte(home, waves):
    before = as_stored()
    assert len(before) == 2

    with on(2026, 10, 1):
        draft_from_json(document=as_file(v2()))
        publish_draft(version="v2")
        assert choose_version(version="v2", by=None, planned_too=True) == 1
    with on(2026, 11, 20):
        month_6 = waves[2]
        month_6.refresh_from_db()
        log_ties(home, dt.date(2026, 11, 19), 5)
        for _ in range(3):
            submit_assessment(
                wave=month_6, group="staff", answers={**ANSWERS, "H2": 4}, by=None
            )
        last = score_wave(wave=month_6)

    assert as_stored() == before
    assert last.instrument.version == last.evidence["instrument"] == "v2"
    assert last.result["coverage"]["of"] == 21
    assert last.result["indicators"]["H2"]["value"] == 4
    # Five active ties: step 2 by v1's cuts (1, 3, 6, 10), step 2 by v2's (1, 5, 9, 14).
    assert last.result["indicators"]["D1"] == {"raw": 5, "value": 2}
    # G1 to G4 are 4, 0, 2 and 1; in v2 G3 counts twice.
    assert last.result["dimensions"]["G"]["value"] == (4 + 0 + 2 * 2 + 1) / 5
    assert Score.objects.get(wave=waves[1]).result["dimensions"]["G"]["value"] == 7 / 4


def test_earlier_scores_are_rebuilt_by_the_version_they_were_made_with(home, waves):
    draft_from_json(document=as_file(v2()))
    publish_draft(version="v2")
    choose_version(version="v2", by=None, planned_too=True)

    for row in Score.objects.filter(wave__in=waves[:2]):
        found = rebuild(row)
        assert {**score_as_json(found), "level": found.level} == row.result
        assert row.instrument.version == "v1"


def test_the_homes_page_shows_waves_of_both_versions(home, waves, manager):
    with on(2026, 10, 1):
        draft_from_json(document=as_file(v2()))
        publish_draft(version="v2")
        choose_version(version="v2", by=None, planned_too=True)
    with on(2026, 11, 20):
        overview = overview_of(home, person=manager)

    assert [p.instrument.version for p in overview.pictures] == ["v1", "v1", "v2"]
    signs = [[s.id for side in p.sides for s in side.signs] for p in overview.pictures]
    assert ("H2" in signs[0], "H2" in signs[2]) == (False, True)
