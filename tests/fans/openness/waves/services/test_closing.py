"""Closing a wave: one winner, a last score, an addendum, and ten minutes to undo it."""

import datetime as dt

import pytest

from fans.connections.models import Connection
from fans.connections.signals import log_changed
from fans.openness.errors import WaveClosedError
from fans.openness.models import Score, Wave
from fans.openness.services import score_wave, submit_assessment
from fans.openness.waves import tasks
from fans.openness.waves.errors import TooLateError, WindowError
from fans.openness.waves.services import close_wave, close_waves_due, undo_close
from tests import factories
from tests.fans.openness.waves.conftest import on

pytestmark = pytest.mark.django_db

MID_MAY = dt.date(2026, 5, 20)
LAST_DAY = dt.date(2026, 5, 28)
AFTER = dt.date(2026, 5, 29)


def log(home, day):
    row = factories.ConnectionFactory(
        partnership=factories.PartnershipFactory(home=home), happened_on=day
    )
    log_changed.send(Connection, home_ids={home.pk})
    return row


def answer(wave, group="staff", value=2):
    return submit_assessment(wave=wave, group=group, answers={"G1": value}, by=None)


def test_makes_the_last_score_and_notes_who_closed_it_and_when(wave, home, facilitator):
    with on(MID_MAY, 14, 32):
        log(home, MID_MAY)
        answer(wave)
        closed = close_wave(wave=wave, by=facilitator)

    assert closed.closed_by == facilitator
    assert closed.closed_at == dt.datetime(2026, 5, 20, 13, 32, tzinfo=dt.UTC)
    row = Score.objects.get(wave=wave)
    assert row.as_of == MID_MAY
    assert row.evidence["observed"]["visits_in"] == 1
    assert row.evidence["assessed"] == {"G1": {"staff": [2]}}


def test_makes_the_day_of_an_early_close_the_last_one(wave, facilitator):
    with on(MID_MAY):
        close_wave(wave=wave, by=facilitator)

    wave.refresh_from_db()
    assert wave.closes_on == MID_MAY
    assert wave.state_on(MID_MAY) == "closed"


def test_scores_a_closed_look_back_on_its_own_last_day(wave, facilitator):
    Wave.objects.filter(pk=wave.pk).update(look_back_until=dt.date(2026, 4, 30))
    wave.refresh_from_db()

    with on(MID_MAY):
        close_wave(wave=wave, by=facilitator)

    assert Score.objects.get(wave=wave).as_of == dt.date(2026, 4, 30)


def test_says_who_was_first_and_when(wave, facilitator, second):
    with on(MID_MAY, 14, 32):
        close_wave(wave=wave, by=facilitator)
    with (
        on(MID_MAY, 14, 33),
        pytest.raises(WaveClosedError, match=r"^Fay closed month 0 on 20 May 2026 at 14:32\.$"),
    ):
        close_wave(wave=wave, by=second)

    wave.refresh_from_db()
    assert wave.closed_by == facilitator


def test_refuses_to_close_what_has_not_opened(waves, facilitator):
    with (
        on(MID_MAY),
        pytest.raises(WindowError, match="has not opened yet: it opens on 1 August 2026"),
    ):
        close_wave(wave=waves[1], by=facilitator)


def test_moves_nothing_after_the_close(wave, home, facilitator):
    with on(MID_MAY):
        log(home, MID_MAY)
        close_wave(wave=wave, by=facilitator)
        before = Score.objects.values().get(wave=wave)
        log(home, MID_MAY)
        late = answer(wave)
        score_wave(wave=wave)

    assert late.is_late
    assert Score.objects.values().get(wave=wave) == before


def test_plans_the_staying_checks_when_month_6_closes(waves, enrolment, facilitator):
    with on(dt.date(2026, 11, 20)):
        close_wave(wave=waves[2], by=facilitator)

    months = {wave.month: wave.opens_on for wave in enrolment.waves.filter(month__gt=6)}
    assert months == {9: dt.date(2027, 2, 1), 12: dt.date(2027, 5, 1)}


def test_plans_no_staying_check_before(wave, enrolment, facilitator):
    with on(MID_MAY):
        close_wave(wave=wave, by=facilitator)

    assert enrolment.waves.count() == 3


# --- by night ---------------------------------------------------------------------------


def test_closes_by_night_what_is_past_its_last_day(waves, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)  # the test's own
    with on(LAST_DAY, 23, 59):
        assert close_waves_due(day=LAST_DAY) == 0
    with on(AFTER, 3, 40):
        tasks.close_due(0)

    wave = Wave.objects.get(pk=waves[0].pk)
    assert wave.closed_at is not None
    assert wave.closed_by is None
    assert wave.closes_on == LAST_DAY
    assert Score.objects.get().as_of == LAST_DAY
    assert not Wave.objects.filter(month__gt=0, closed_at__isnull=False).exists()


def test_closes_by_night_once(wave):
    with on(AFTER, 3, 40):
        assert close_waves_due(day=AFTER) == 1
        assert close_waves_due(day=AFTER) == 0


def test_leaves_out_what_was_logged_for_a_day_after_the_last(wave, home):
    with on(AFTER, 1):
        log(home, AFTER)
        close_waves_due(day=AFTER)

    assert Score.objects.get(wave=wave).evidence["observed"]["visits_in"] == 0


def test_closes_the_others_where_one_fails(waves, monkeypatch, caplog):
    other = factories.WaveFactory()
    failing = Wave.objects.order_by("pk").filter(month=0).first()

    def refuse(*, wave, by):
        if wave.pk == failing.pk:
            raise RuntimeError("out of paper")
        return close_wave(wave=wave, by=by)

    monkeypatch.setattr("fans.openness.waves.services.closing.close_wave", refuse)
    with on(AFTER, 3, 40):
        assert close_waves_due(day=AFTER) == 1

    assert {w.pk for w in Wave.objects.exclude(closed_at=None)} == {other.pk}
    assert f"Wave {failing.pk} could not be closed" in caplog.text


# --- undone -----------------------------------------------------------------------------


def test_opens_again_what_was_closed_by_a_slip(wave, home, facilitator):
    with on(MID_MAY, 12, 0):
        close_wave(wave=wave, by=facilitator)
        late = answer(wave, value=4)
        log(home, MID_MAY)
    with on(MID_MAY, 12, 10):
        undo_close(wave=wave, by=facilitator)

    wave.refresh_from_db()
    late.refresh_from_db()
    assert (wave.closed_at, wave.closed_by, wave.closes_on) == (None, None, LAST_DAY)
    assert not late.is_late
    row = Score.objects.get(wave=wave)
    assert row.evidence["assessed"] == {"G1": {"staff": [4]}}
    assert row.evidence["observed"]["visits_in"] == 1


def test_can_close_again_after_an_undo(wave, facilitator, second):
    with on(MID_MAY):
        close_wave(wave=wave, by=facilitator)
        undo_close(wave=wave, by=facilitator)
        close_wave(wave=wave, by=second)
        undo_close(wave=wave, by=second)

    wave.refresh_from_db()
    assert wave.closes_on == LAST_DAY


def test_opens_nothing_again_after_ten_minutes(wave, facilitator):
    with on(MID_MAY, 12, 0):
        close_wave(wave=wave, by=facilitator)
    with on(MID_MAY, 12, 11), pytest.raises(TooLateError, match="Fay closed month 0"):
        undo_close(wave=wave, by=facilitator)


def test_opens_nothing_again_that_closed_by_itself(wave, facilitator):
    with on(AFTER, 3, 40):
        close_waves_due(day=AFTER)
        with pytest.raises(TooLateError, match="closed by itself after its last day"):
            undo_close(wave=wave, by=facilitator)


# --- when clocks change -----------------------------------------------------------------

SPRING = dt.date(2026, 3, 29)  # at 01:00 it is 02:00
AUTUMN = dt.date(2026, 10, 25)  # at 02:00 it is 01:00 again


@pytest.fixture
def wave_until(enrolment):
    """Give a wave that ends on a day."""

    def make(day):
        return factories.WaveFactory(
            enrolment=enrolment, month=3, opens_on=day - dt.timedelta(days=27), closes_on=day
        )

    return make


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
@pytest.mark.parametrize("ends", [-1, 0])
def test_takes_answers_until_londons_midnight_where_clocks_change(wave_until, change, ends):
    day = change + dt.timedelta(days=ends)
    wave = wave_until(day)

    with on(day, 23, 59):
        assert not answer(wave).is_late
    with on(day + dt.timedelta(days=1), 0, 0):
        assert answer(wave).is_late
        close_waves_due(day=day + dt.timedelta(days=1))

    row = Score.objects.get(wave=wave)
    assert row.as_of == day
    assert row.evidence["assessed"] == {"G1": {"staff": [2]}}


def test_undoes_for_ten_minutes_across_the_hour_that_comes_twice(wave_until, facilitator):
    wave = wave_until(AUTUMN)
    with on(AUTUMN, 1, 55, fold=0):
        close_wave(wave=wave, by=facilitator)
    with on(AUTUMN, 1, 4, fold=1):  # nine minutes later
        undo_close(wave=wave, by=facilitator)
        close_wave(wave=wave, by=facilitator)
    with on(AUTUMN, 1, 15, fold=1), pytest.raises(TooLateError, match="at 01:04"):
        undo_close(wave=wave, by=facilitator)


def test_undoes_for_ten_minutes_across_the_hour_that_does_not_come(wave_until, facilitator):
    wave = wave_until(SPRING)
    with on(SPRING, 0, 55):
        close_wave(wave=wave, by=facilitator)
    with on(SPRING, 2, 4):  # nine minutes later
        undo_close(wave=wave, by=facilitator)

    wave.refresh_from_db()
    assert wave.closed_at is None
