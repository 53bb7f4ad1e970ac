"""The log by weeks: seven days each, the last one ending today, memory left out."""

import datetime as dt

import pytest

from fans.openness.board.log_weeks import log_weeks
from tests.factories import ConnectionFactory, HomeFactory, PartnershipFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def tie(home):
    return PartnershipFactory(home=home)


def log(tie, *days_ago, **more):
    for days in days_ago:
        ConnectionFactory(partnership=tie, happened_on=TODAY - dt.timedelta(days=days), **more)


def test_a_home_without_a_log_is_told_as_such(home):
    weeks = log_weeks([home.pk], TODAY)[home.pk]

    assert weeks.words == "Nothing logged yet"
    assert weeks.is_quiet
    assert not any(weeks.boxes)


def test_days_of_one_week_are_one_week(home, tie):
    log(tie, 0, 6, 7)

    weeks = log_weeks([home.pk], TODAY)[home.pk]

    assert (weeks.of_latest, weeks.of_all) == (2, 2)
    assert weeks.boxes == [False] * 10 + [True, True]


def test_the_twelfth_week_counts_and_the_thirteenth_does_not(home, tie):
    log(tie, 83, 84)

    weeks = log_weeks([home.pk], TODAY)[home.pk]

    assert weeks.of_all == 1
    assert weeks.boxes[0]


def test_three_weeks_without_a_word_are_said(home, tie):
    log(tie, 20)
    assert not log_weeks([home.pk], TODAY)[home.pk].is_quiet

    other = PartnershipFactory(home=HomeFactory())
    log(other, 21)
    quiet = log_weeks([other.home_id], TODAY)[other.home_id]
    assert quiet.words.endswith("nothing for 3 weeks")


def test_a_period_counts_on_its_last_day(home, tie):
    log(tie, 10, until_on=TODAY, occurrences=3)

    assert log_weeks([home.pk], TODAY)[home.pk].last_on == TODAY


def test_memory_and_what_was_taken_back_are_no_log(home, tie):
    log(tie, 3, source="recall")

    assert not log_weeks([home.pk], TODAY)[home.pk].is_begun


def test_many_homes_cost_one_query(django_assert_num_queries):
    homes = [HomeFactory().pk for _ in range(3)]

    with django_assert_num_queries(1):
        assert set(log_weeks(homes, TODAY)) == set(homes)
