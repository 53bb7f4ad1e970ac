"""The board: each home from its own start, what is missing, and nothing seen too early."""

import datetime as dt
import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fans.openness.models import ContextEvent, Wave
from fans.openness.replies.services import reply, share
from fans.openness.waves.models import Asking
from tests.factories import (
    ConnectionFactory,
    EnrolmentFactory,
    HomeFactory,
    PartnershipFactory,
    member,
)
from tests.fans.openness.board.scene import answer, answered_wave, full_cohort, wave_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20
ALL_GROUPS = {"residents": 9, "relatives": 9, "staff": 9, "volunteers": 9, "manager": 1}


@pytest.fixture
def fay(client, facilitator):
    client.force_login(facilitator)
    return client


@pytest.fixture
def part(cohort):
    return cohort.enrolments.get()


@pytest.fixture
def url(cohort):
    return f"/cohorts/{cohort.pk}/board/"


def text_of(response):
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words.replace("&#x27;", "'"))


def asked(cohort):
    """Open the board as its facilitator; return the page, the queries and the seconds of work.

    Of work: what others do on the machine meanwhile is not the board's.
    """
    client = Client()
    client.force_login(member("facilitator", cohort=cohort))
    client.get("/healthz")
    began = time.process_time()
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        page = client.get(f"/cohorts/{cohort.pk}/board/")
    return page, asked_for.captured_queries, time.process_time() - began


def give_it_all_there_is(cohort):
    """Let one home share a wave, one keep its own for now, one be reminded of the open one."""
    waves = Wave.objects.filter(enrolment__cohort=cohort).order_by("enrolment__place", "month")
    by_home = {place: list(waves.filter(enrolment__place=place)) for place in (1, 2, 3)}
    today = timezone.localdate()
    for place in (1, 2):
        waves.filter(pk=by_home[place][-2].pk).update(closes_on=today - dt.timedelta(days=3))
        by_home[place][-2].refresh_from_db()
    sharer = member("manager", home=by_home[1][-2].enrolment.home)
    share(wave=by_home[1][-2], audience="cohort", by=sharer)
    Asking.objects.create(wave=by_home[3][-1], by=sharer, mails_count=1)
    ContextEvent.objects.create(
        home=sharer.memberships.get().home, kind="outbreak", from_on=today
    )


@pytest.mark.parametrize("months", [(0, 3, 6), (0, 3, 6, 9, 12)])
def test_eighteen_homes_cost_at_most_twenty_queries_however_many_waves(months):
    cohort = full_cohort(months)
    give_it_all_there_is(cohort)

    page, queries, _ = asked(cohort)

    words = text_of(page)
    assert words.count("Month 0:") >= 18
    assert words.count("You see its figures from") == 4  # two homes, on their cards and below
    assert "Reminded one person" in words
    assert len(queries) <= MOST_QUERIES, "\n".join(q["sql"][-120:] for q in queries)


def test_queries_do_not_grow_with_homes_or_waves(cohort, part):
    answered_wave(part, 0, ALL_GROUPS)
    wave_of(part, 3, opens_in=-2, closes_in=20)
    _, few, _ = asked(cohort)

    _, many, _ = asked(full_cohort())

    assert len(many) <= len(few)


def test_a_full_board_comes_in_under_a_second():
    cohort = full_cohort()

    assert min(asked(cohort)[2] for _ in range(3)) < 1


def test_a_cohort_without_homes_starts_something(facilitator, cohort, fay, url):
    cohort.enrolments.all().delete()

    page = fay.get(url)

    assert "No home has joined yet" in text_of(page)
    assert f'href="/cohorts/{cohort.pk}/homes/add/"' in page.content.decode()


def test_before_the_first_wave_the_board_says_what_comes(fay, url, part):
    wave_of(part, 0, opens_in=5, closes_in=30)

    words = text_of(fay.get(url))

    assert "Nothing is missing today." in words
    assert "Opens on" in words
    assert "No picture yet" in words


def test_after_the_last_wave_the_board_says_that_all_is_over(fay, url, part):
    answered_wave(part, 6, ALL_GROUPS)

    assert "All waves of this cohort are over." in text_of(fay.get(url))


def test_what_is_still_to_come_is_told_without_small_numbers(fay, url, part):
    wave = wave_of(part, 0, opens_in=-2, closes_in=20)
    answer(wave, {"staff": 2, "relatives": 5})

    words = text_of(fay.get(url))

    assert "People who live here: not enough answers yet" in words
    assert "Staff: not enough answers yet" in words
    assert "Relatives and friends:" not in words  # enough, and not how many
    assert not re.search(r"\d+ (of \d+ )?answers", words)


def test_an_open_wave_shows_no_figure(fay, url, part):
    wave = wave_of(part, 0, opens_in=-2, closes_in=20)
    answer(wave, ALL_GROUPS)

    page = fay.get(url)

    assert "The numbers" not in text_of(page)
    assert "small-chart" not in page.content.decode()


def test_a_closed_wave_is_the_homes_own_for_a_fortnight(fay, url, part):
    wave = answered_wave(part, 0, ALL_GROUPS, ended_days_ago=3)

    words = text_of(fay.get(url))

    seen_from = wave.closes_on + dt.timedelta(days=14)
    assert f"You see its figures from {seen_from:%-d %B %Y}." in words
    assert "The numbers" not in words
    assert "The home: look at month 0 and reply" in words


def test_once_the_home_has_replied_its_figures_are_seen(fay, url, part, manager):
    wave = answered_wave(part, 0, ALL_GROUPS, ended_days_ago=3)

    reply(wave=wave, by=manager, words="We see it the same way.")
    words = text_of(fay.get(url))

    assert "The numbers" in words
    assert "You see its figures from" not in words


def test_sides_with_few_answers_are_not_shown_and_lived_is(fay, url, part):
    answered_wave(part, 0, {"staff": 7})

    page = fay.get(url)

    assert "Too few" in text_of(page)
    numbers = re.search(r"Felt, of 100</th>(.*?)</tr>", page.content.decode(), re.DOTALL)[1]
    assert "not shown" in numbers


def test_homes_stand_in_order_of_name_or_of_what_is_missing(fay, url, part, cohort):
    other = EnrolmentFactory(
        cohort=cohort, home=HomeFactory(name="Zeal House"), place=part.place % 18 + 1
    )
    answered_wave(part, 0, ALL_GROUPS)
    wave_of(other, 0, opens_in=-2, closes_in=20)

    def homes(query):
        return re.findall(
            r'<h3 class="mb0"[^>]*><a [^>]*>([^<]+)', fay.get(url + query).content.decode()
        )

    assert homes("") == ["Larkfield House", "Zeal House"]
    assert homes("?order=missing") == ["Zeal House", "Larkfield House"]


@pytest.mark.parametrize("order", ["score", "lived", "-name"])
def test_there_is_no_order_by_score(fay, url, part, order):
    page = fay.get(f"{url}?order={order}")

    assert page.status_code == 400
    assert "there is no order by score" in text_of(page)


def test_the_log_is_told_by_weeks_with_its_gap(fay, url, part, home):
    today = timezone.localdate()
    tie = PartnershipFactory(home=home)
    for days in (30, 37, 44):
        ConnectionFactory(partnership=tie, happened_on=today - dt.timedelta(days=days))

    words = text_of(fay.get(url))

    assert "0 of the last 4 weeks, 3 of 12; nothing for 4 weeks" in words
    assert "take up the log again" in words


def test_what_went_on_is_marked_by_its_kind_and_never_in_words_of_the_home(fay, url, part):
    ContextEvent.objects.create(
        home=part.home, kind="outbreak", from_on=timezone.localdate(), words="on the top floor"
    )

    words = text_of(fay.get(url))

    assert f"An outbreak, {timezone.localdate():%B}" in words
    assert "top floor" not in words


def test_a_home_whose_part_is_over_stands_last(fay, url, part, cohort):
    EnrolmentFactory(
        cohort=cohort, home=HomeFactory(name="Zeal House"), place=part.place % 18 + 1
    )
    part.ends_on = timezone.localdate() - dt.timedelta(days=1)
    part.save()

    words = text_of(fay.get(url))

    assert words.index("Zeal House") < words.index("Larkfield House")
    assert "Its part is over" in words


def test_nobody_but_the_facilitator_of_this_cohort_sees_it(url, manager, administrator):
    others = member("facilitator", cohort=full_cohort((0, 3)))
    for person in (manager, administrator, others):
        browser = Client()
        browser.force_login(person)

        assert browser.get(url).status_code in (403, 404)
