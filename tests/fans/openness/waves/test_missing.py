"""What a wave lacks: for any number of waves in five queries."""

import datetime as dt

import pytest

from fans.openness.models import Wave
from fans.openness.services import plan_waves, submit_assessment
from fans.openness.waves.beside import beside_of
from fans.openness.waves.missing import missing_of, pieces_of, tally_month, weeks_logged
from tests import factories
from tests.fans.openness.waves.conftest import on

pytestmark = pytest.mark.django_db
MID_MAY = dt.date(2026, 5, 20)
KINDS = ["look_back", "tally", "manager", "answers", "answers", "answers", "log"]


def test_lists_all_of_an_open_wave_and_nothing_of_a_planned_one(waves):
    with on(MID_MAY):
        missing = missing_of(waves)

    assert [piece.kind for piece in missing[waves[0].pk]] == KINDS
    assert missing[waves[1].pk] == missing[waves[2].pk] == []


def test_asks_five_queries_however_many_waves(cohort, waves, django_assert_num_queries):
    for place in (4, 5, 6):
        home = factories.HomeFactory(name=f"Home {place}")
        plan_waves(
            enrolment=factories.EnrolmentFactory(
                cohort=cohort, home=home, place=place, starts_on=dt.date(2026, 5, 1)
            )
        )
    with on(MID_MAY):
        rows = list(Wave.objects.all())
        with django_assert_num_queries(5):
            missing = missing_of(rows)

    assert len(missing) == 12


def test_tells_two_answers_apart_from_none_inside_alone(wave):
    with on(MID_MAY):
        before = [piece.words for piece in pieces_of([wave])[wave.pk]]
        for _ in range(2):
            submit_assessment(wave=wave, group="residents", answers={"G1": 2}, by=None)
        after = [piece.words for piece in pieces_of([wave])[wave.pk]]
        inside = [piece.words for piece in pieces_of([wave], inside=True)[wave.pk]]

    assert before == after
    assert "2 of 3 answers." in inside


def test_counts_no_late_answer(wave, facilitator):
    Wave.objects.filter(pk=wave.pk).update(closes_on=dt.date(2026, 5, 10))
    wave.refresh_from_db()
    with on(MID_MAY):
        for _ in range(3):
            submit_assessment(wave=wave, group="staff", answers={"G1": 2}, by=None)
        names = [piece.name for piece in missing_of([wave])[wave.pk]]

    assert "Staff" in names


def test_a_staying_check_wants_the_log_alone(enrolment):
    wave = factories.WaveFactory(enrolment=enrolment, month=9)
    with on(MID_MAY):
        assert [piece.kind for piece in missing_of([wave])[wave.pk]] == ["log"]


@pytest.mark.parametrize(
    ("as_of", "month"),
    [
        (dt.date(2026, 5, 13), dt.date(2026, 4, 1)),
        (dt.date(2026, 5, 14), dt.date(2026, 5, 1)),
        (dt.date(2026, 5, 31), dt.date(2026, 5, 1)),
    ],
)
def test_wants_the_tally_that_the_score_counts(as_of, month):
    assert tally_month(as_of) == month


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (5, 0), (6, 1), (20, 3), (27, 4), (99, 4)])
def test_counts_the_weeks_that_lie_wholly_in_the_log(days, weeks):
    assert weeks_logged(MID_MAY - dt.timedelta(days=days), MID_MAY) == weeks
    assert weeks_logged(None, MID_MAY) == 0


def test_lays_memory_beside_the_log_of_the_community_alone(wave, home):
    tie = factories.PartnershipFactory(home=home)
    family = factories.PartnershipFactory(
        home=home,
        partner=factories.PartnerFactory(
            asset=None, kind="family", name="Families", own_category="individual_gift"
        ),
    )
    for partnership, source, times, day in (
        (tie, "recall", 6, 12),
        (tie, "log", 4, 13),
        (tie, "log", 9, 1),
        (family, "log", 7, 13),
        (family, "recall", 5, 13),
    ):
        factories.ConnectionFactory(
            partnership=partnership,
            source=source,
            occurrences=times,
            happened_on=dt.date(2026, 5, day),
        )
    with on(MID_MAY):
        beside = beside_of([wave])[wave.pk]

    assert (beside.recalled, beside.logged, beside.weeks_logged) == (6, 13, 2)
    assert beside.is_part_logged
    assert beside.has_both
