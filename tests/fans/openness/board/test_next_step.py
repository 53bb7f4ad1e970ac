"""Who has the next step, the nearest first."""

import datetime as dt

import pytest

from fans.openness.board.cells import Cell
from fans.openness.board.log_weeks import LogWeeks
from fans.openness.board.next_step import next_step
from fans.openness.models import Wave, WaveState

TODAY = dt.date(2026, 11, 22)
BUSY = LogWeeks(TODAY, TODAY, TODAY, frozenset({0, 1, 2, 3}))
QUIET = LogWeeks(TODAY, dt.date(2026, 9, 1), dt.date(2026, 10, 1))


def cell(month, state, **more):
    wave = Wave(month=month, opens_on=TODAY, closes_on=TODAY)
    return Cell(wave=wave, state=WaveState(state), **more)


LACKING = cell(3, "open", missing=["Staff: not enough answers yet"])
READY = cell(3, "open")
OWN = cell(0, "closed", seen_from=TODAY)
PLANNED = cell(6, "planned")


@pytest.mark.parametrize(
    ("cells", "log", "is_over", "words"),
    [
        ([LACKING, OWN], QUIET, True, "Its part is over"),
        ([OWN, LACKING], QUIET, False, "The home’s team: bring in month 3"),
        ([OWN, PLANNED], QUIET, False, "The home: look at month 0 and reply"),
        ([READY], QUIET, False, "The home’s team: take up the log again"),
        ([READY], LogWeeks(TODAY), False, "The home’s team: begin the log"),
        ([READY, PLANNED], BUSY, False, "You: close month 3, all is in"),
        ([PLANNED], BUSY, False, "Month 6 opens on 22 November 2026"),
        ([cell(0, "closed")], BUSY, False, "All waves are over"),
    ],
)
def test_the_nearest_step_is_told_with_whose_it_is(cells, log, is_over, words):
    assert str(next_step(cells, log, is_over=is_over)) == words
