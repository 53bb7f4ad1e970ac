"""Opening a wave before its day, and moving its window."""

import datetime as dt

import pytest

from fans.openness.errors import WaveClosedError
from fans.openness.models import Score, Wave
from fans.openness.waves.errors import WaveOpenError, WindowError
from fans.openness.waves.services import close_wave, move_window, open_wave
from tests.fans.openness.waves.conftest import on

pytestmark = pytest.mark.django_db

JULY = dt.date(2026, 7, 25)
MID_MAY = dt.date(2026, 5, 20)
AUGUST = dt.date(2026, 8, 10)
WEEK = dt.timedelta(days=7)


def test_opens_a_planned_wave_today_for_as_many_days(waves, facilitator):
    with on(JULY):
        wave = open_wave(wave=waves[1], by=facilitator)

    assert (wave.opens_on, wave.closes_on) == (JULY, JULY + dt.timedelta(days=27))
    assert wave.opened_by == facilitator
    assert wave.is_open_on(JULY)
    assert Score.objects.get(wave=wave).as_of == JULY


def test_says_who_opened_it_first(waves, facilitator, second):
    with on(JULY):
        open_wave(wave=waves[1], by=facilitator)
        with pytest.raises(WaveOpenError, match=r"^Fay opened month 3 on 25 July 2026\.$"):
            open_wave(wave=waves[1], by=second)


def test_says_since_when_it_is_open_where_nobody_opened_it(wave, facilitator):
    with on(MID_MAY), pytest.raises(WaveOpenError, match="Month 0 is open since 1 May 2026"):
        open_wave(wave=wave, by=facilitator)


def test_never_opens_a_closed_wave(wave, facilitator):
    with on(MID_MAY):
        close_wave(wave=wave, by=facilitator)
        with pytest.raises(WaveClosedError, match="Fay closed month 0"):
            open_wave(wave=wave, by=facilitator)
        with pytest.raises(WaveClosedError, match="Fay closed month 0"):
            move_window(
                wave=wave, opens_on=wave.opens_on, closes_on=wave.closes_on, by=facilitator
            )


def test_keeps_two_months_of_one_home_apart(waves, facilitator):
    with on(MID_MAY), pytest.raises(WindowError, match="Month 0 has the days from 1 May 2026"):
        open_wave(wave=waves[1], by=facilitator)

    waves[1].refresh_from_db()
    assert waves[1].opens_on == dt.date(2026, 8, 1)


def test_moves_the_window_of_a_planned_wave(waves, facilitator):
    with on(JULY):
        wave = move_window(
            wave=waves[1], opens_on=AUGUST, closes_on=AUGUST + 3 * WEEK, by=facilitator
        )

    assert (wave.opens_on, wave.closes_on) == (AUGUST, AUGUST + 3 * WEEK)
    assert wave.opened_by is None


def test_moves_the_last_day_of_an_open_wave(waves, facilitator):
    with on(AUGUST):
        wave = move_window(
            wave=waves[1],
            opens_on=waves[1].opens_on,
            closes_on=dt.date(2026, 9, 10),
            by=facilitator,
        )

    assert wave.closes_on == dt.date(2026, 9, 10)


@pytest.mark.parametrize(
    ("day", "opens_on", "closes_on", "field", "words"),
    [
        (AUGUST, AUGUST, dt.date(2026, 9, 10), "opens_on", "Its first day stays as it is"),
        (AUGUST, dt.date(2026, 8, 1), dt.date(2026, 8, 9), "closes_on", "close it instead"),
        (JULY, JULY - WEEK, AUGUST, "opens_on", "cannot be before today"),
        (JULY, AUGUST, AUGUST + dt.timedelta(days=5), "closes_on", "These are 6"),
        (JULY, AUGUST, AUGUST + 12 * WEEK, "closes_on", "These are 85"),
        (JULY, AUGUST, AUGUST - WEEK, "closes_on", "7 to 84 days"),
        (JULY, dt.date(2026, 10, 20), dt.date(2026, 11, 10), "closes_on", "Month 6 has"),
        (JULY, dt.date(2026, 12, 20), dt.date(2027, 1, 10), "opens_on", "cannot come after"),
    ],
)
def test_refuses_days_that_cannot_be(
    waves, facilitator, day, opens_on, closes_on, field, words
):
    with on(day), pytest.raises(WindowError, match=words) as refusal:
        move_window(wave=waves[1], opens_on=opens_on, closes_on=closes_on, by=facilitator)

    assert refusal.value.field == field
    assert Wave.objects.get(pk=waves[1].pk).opens_on == dt.date(2026, 8, 1)
