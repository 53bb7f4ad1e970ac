"""An asset's check state follows its latest check."""

import datetime as dt

import pytest

from assets.checks import state_on

TODAY = dt.date(2026, 7, 2)


@pytest.mark.parametrize(
    ("days_ago", "state"),
    [
        ([], "due"),
        ([0], "fresh"),
        ([182], "fresh"),
        ([183], "due"),
        ([365], "due"),
        ([366], "stale"),
        ([1, 900], "fresh"),
    ],
)
def test_counts_from_the_latest_check(days_ago, state):
    assert state_on(TODAY, [TODAY - dt.timedelta(days=n) for n in days_ago]) == state
