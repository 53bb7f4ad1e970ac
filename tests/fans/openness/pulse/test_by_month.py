"""The page of a home's months."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from fans.openness import services
from fans.openness.models import ContextEvent
from fans.openness.pulse.months import Covered
from fans.openness.pulse.reports import trend_of
from tests import factories
from tests.fans.openness.logs import met, tie

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return factories.HomeFactory(name="Larkfield House", beds=40)


@pytest.fixture
def today():
    return timezone.localdate()


def first_of(day, months_back):
    number = day.year * 12 + day.month - 1 - months_back
    return dt.date(number // 12, number % 12 + 1, 1)


def enrolled(home, months_back):
    start = first_of(timezone.localdate(), months_back)
    enrolment = factories.EnrolmentFactory(home=home, starts_on=start)
    services.plan_waves(enrolment=enrolment)
    return start


def log_every_week(home, first, last):
    partnership = tie(home)
    for weeks in range((last - first).days // 7 + 1):
        met(partnership, happened_on=first + dt.timedelta(days=7 * weeks))


def covered_of(home):
    return [m.covered for m in trend_of(home, waves=[], for_team=True).months]


def test_a_home_that_skips_a_month_shows_a_gap_and_no_zero(home, today):
    start = enrolled(home, 5)
    third, fourth = first_of(today, 3), first_of(today, 2)
    log_every_week(home, start, third - dt.timedelta(days=1))
    log_every_week(home, fourth, today)
    months = trend_of(home, waves=[], for_team=True).months
    assert [m.as_of.month for m in months] == [
        first_of(today, n).month for n in range(5, -1, -1)
    ]
    assert months[2].covered is Covered.GAP
    assert months[2].lived is None
    assert months[2].counts == {"residents_out": None}
    assert months[1].covered is months[3].covered is Covered.WHOLE


def test_a_count_made_by_hand_does_not_turn_a_gap_into_a_zero(home, today):
    start = enrolled(home, 3)
    log_every_week(home, start, first_of(today, 2) - dt.timedelta(days=1))
    gap = first_of(today, 1)
    factories.TallyFactory(home=home, month=gap, occupied_beds=40, residents_out=9)
    month = trend_of(home, waves=[], for_team=True).months[2]
    assert month.covered is Covered.GAP
    assert month.counts == {"residents_out": 9}


def test_a_log_that_begins_in_week_three_is_not_presented_as_a_rise(home, today, client):
    start = enrolled(home, 4)
    begins = first_of(start, -1) - dt.timedelta(days=10)  # ten days before the month's end
    log_every_week(home, begins, today)
    trend = trend_of(home, waves=[], for_team=True)
    assert trend.months[0].covered is Covered.PART
    assert trend.begins_late
    assert trend.change.first == trend.months[1]
    client.force_login(factories.member("manager", home=home))
    page = client.get(reverse("pulse:home", args=[home.pk])).content.decode()
    assert "how the log grew, not how the home did" in page
    assert f"The log begins on {begins:%-d %B %Y}" in page


def test_rows_from_memory_never_count_here(home, today):
    start = enrolled(home, 3)
    met(tie(home), happened_on=start, source="recall")
    assert covered_of(home) == [Covered.GAP] * 4


def test_a_taken_back_row_fills_no_gap(home, today):
    start = enrolled(home, 1)
    met(tie(home), happened_on=start, undone_at=timezone.now())
    assert covered_of(home)[0] is Covered.GAP


def test_the_months_of_a_home_without_a_programme_begin_with_its_log(home, today):
    assert trend_of(home, waves=[], for_team=True).months == ()
    log_every_week(home, first_of(today, 2), today)
    assert len(covered_of(home)) == 3


def test_a_month_says_what_the_score_says_on_its_last_day(home, today):
    start = enrolled(home, 3)
    log_every_week(home, start, today)
    wave = home.enrolments.get().waves.get(month=0)
    last_day = first_of(today, 2) - dt.timedelta(days=1)
    row = services.score_wave(wave=wave, as_of=last_day)
    [month] = [m for m in trend_of(home, waves=[], for_team=True).months if m.as_of == last_day]
    assert month.lived == float(row.lived)


def test_a_year_costs_no_more_queries_than_a_month(home, today, django_assert_max_num_queries):
    start = enrolled(home, 11)
    log_every_week(home, start, today)
    with django_assert_max_num_queries(4):
        trend = trend_of(home, waves=[], for_team=True)
        assert len(trend.months) == 12


def test_an_empty_page_says_how_to_begin(home, client):
    client.force_login(factories.member("coordinator", home=home))
    page = client.get(reverse("pulse:home", args=[home.pk])).content.decode()
    assert "begins with the first thing you log" in page


def test_a_facilitator_sees_no_month_before_the_home_has_had_its_say(home, today, client):
    start = enrolled(home, 2)
    log_every_week(home, start, today)
    cohort = home.enrolments.get().cohort
    client.force_login(factories.member("facilitator", cohort=cohort))
    page = client.get(reverse("pulse:home", args=[home.pk])).content.decode()
    assert "The home looks at its picture first" in page
    assert '<svg class="chart pulse"' not in page


def test_others_see_months_up_to_the_wave_that_is_theirs_to_see_and_no_count_of_people(
    home, today
):
    start = enrolled(home, 5)
    log_every_week(home, start, today)
    factories.TallyFactory(home=home, month=start, occupied_beds=40, residents_out=9)
    wave = home.enrolments.get().waves.get(month=0)
    services.score_wave(wave=wave)
    wave.refresh_from_db()
    trend = trend_of(home, waves=[wave], for_team=False)
    assert trend.months[-1].as_of == wave.score.as_of
    assert "residents_out" not in trend.counts
    assert [figure.month for figure in trend.waves] == [0]


def test_what_went_on_is_told_beside_the_seasons(home, today):
    start = enrolled(home, 11)
    log_every_week(home, start, today)
    ContextEvent.objects.create(home=home, kind="outbreak", from_on=today, words="Norovirus")
    told = trend_of(home, waves=[], for_team=True).going_on
    assert [each.number for each in told] == list(range(1, len(told) + 1))
    assert {"Summer holidays", "December", "Easter holidays"} <= {each.what for each in told}
    [outbreak] = [each for each in told if each.words]
    assert (outbreak.words, outbreak.is_over) == ("Norovirus", False)
