"""Which stage of a wave there is to tell of on which day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.openness.waves.stages import Stage, stage_on

OPENS = dt.date(2026, 8, 1)
CLOSES = dt.date(2026, 8, 28)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (dt.date(2026, 7, 24), None),
        (dt.date(2026, 7, 25), Stage.SOON),
        (dt.date(2026, 7, 31), Stage.SOON),
        (dt.date(2026, 8, 1), Stage.OPEN),
        (dt.date(2026, 8, 14), Stage.OPEN),
        (dt.date(2026, 8, 15), Stage.HALF),
        (dt.date(2026, 8, 24), Stage.HALF),
        (dt.date(2026, 8, 25), Stage.LAST),
        (dt.date(2026, 8, 28), Stage.LAST),
        (dt.date(2026, 8, 29), None),
    ],
)
def test_tells_one_stage_after_another(day, stage):
    assert stage_on(day, opens_on=OPENS, closes_on=CLOSES, closed_on=None) == stage


def test_tells_of_a_close_for_a_week():
    closed = dt.date(2026, 8, 20)
    told = [
        stage_on(closed + n * DAY, opens_on=OPENS, closes_on=closed, closed_on=closed)
        for n in (0, 7, 8)
    ]

    assert told == [Stage.CLOSED, Stage.CLOSED, None]


@given(length=st.integers(7, 84))
def test_never_goes_back_a_stage(length):
    closes = OPENS + (length - 1) * DAY
    days = [OPENS + n * DAY for n in range(-7, length)]
    told = [stage_on(day, opens_on=OPENS, closes_on=closes, closed_on=None) for day in days]
    order = list(Stage)

    assert all(told)
    assert [order.index(stage) for stage in told] == sorted(order.index(s) for s in told)
    assert told[7] in (Stage.OPEN, Stage.HALF)
    assert told[-1] == Stage.LAST
