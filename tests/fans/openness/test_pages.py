"""The page of a home's openness, the assessment form, and the parts others include."""

import datetime as dt
import re

import pytest
import time_machine
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from fans.openness.reports import overview_of
from fans.openness.services import plan_waves, score_wave
from tests import factories

pytestmark = pytest.mark.django_db

IN_MONTH_3 = dt.datetime(2026, 8, 20, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_month_3():
    with time_machine.travel(IN_MONTH_3, tick=False):
        yield


@pytest.fixture
def waves(cohort, home):
    """Months 0, 3 and 6 of Larkfield House; month 0 is closed and scored, month 3 is open."""
    waves = plan_waves(enrolment=cohort.enrolments.get(home=home))
    tie = factories.PartnershipFactory(home=home, depth=2)
    factories.ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 5, 20))
    factories.TallyFactory(
        home=home,
        month=dt.date(2026, 5, 1),
        residents_out=3,
        residents_reached=5,
        occupied_beds=40,
    )
    answer(waves[0], "manager", {"G1": 2, "G2": 2, "G3": 2, "G4": 2, "H1": 2, "D4": 1})
    score_wave(wave=waves[0])
    factories.ConnectionFactory(
        partnership=tie, happened_on=dt.date(2026, 8, 18), occurrences=4, origin="resident"
    )
    return waves


def answer(wave, group, answers, times=1):
    for _ in range(times):
        assessment = wave.assessments.create(group=group)
        for code, value in answers.items():
            indicator = wave.instrument.indicators.get(code=code)
            assessment.answers.create(indicator=indicator, value=value)


def close(wave):
    """Let yesterday be the wave's last day: its answers come in, all together."""
    wave.closes_on = dt.date(2026, 8, 19)
    wave.save()


def openness(home, **query):
    return reverse("openness:home", args=[home.pk], query=query)


def words(response):
    """The page's words, without tags and runs of space."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text).replace(" ,", ",").replace(" .", ".")


# --- the page ---------------------------------------------------------------------------


@pytest.mark.usefixtures("waves")
def test_says_the_level_in_words_before_any_number(client, manager, home):
    client.force_login(manager)

    page = words(client.get(openness(home, wave=0)))

    heading = page.index("Month 0: opening the door")
    assert heading < page.index("of 100")
    assert "You are here" in page


@pytest.mark.usefixtures("waves")
def test_shows_lived_and_felt_and_what_is_missing(client, manager, home):
    client.force_login(manager)

    page = words(client.get(openness(home)))

    assert "Month 3: not enough yet" in page
    assert "Felt 50.0 of 100, from what people answered" in page
    assert "Welcome and ease of visiting. Not known until someone has answered" in page
    assert "It never counts as nought." in page


@pytest.mark.usefixtures("waves")
def test_shows_an_open_wave_as_the_log_stands_and_a_closed_one_as_it_was_scored(
    client, manager, home
):
    tie = home.partnerships.get()
    client.force_login(manager)
    before = words(client.get(openness(home)))
    closed = words(client.get(openness(home, wave=0)))

    for day in (dt.date(2026, 5, 21), dt.date(2026, 8, 19)):
        factories.ConnectionFactory(partnership=tie, happened_on=day, occurrences=6)

    assert "4 in 28 days: 1.0 visits for every 10 people" in before
    assert "10 in 28 days: 2.5 visits for every 10 people" in words(client.get(openness(home)))
    assert "1 in 28 days: 0.3 visits for every 10" in closed
    assert "1 in 28 days: 0.3 visits for every 10" in words(client.get(openness(home, wave=0)))
    assert "Scored with instrument v1, to 28 May 2026" in closed


@pytest.mark.usefixtures("waves")
def test_opens_each_number_into_what_lies_behind_it(client, manager, home):
    client.force_login(manager)

    page = client.get(openness(home, wave=0, side="B"))

    assert '<details id="side-B" open>' in page.content.decode()
    assert '<details id="side-A">' in page.content.decode()
    assert "3 of 40 people living here, 8%" in words(page)
    assert "One more resident who gets out in the month takes this a step." in words(page)
    assert 'href="/homes/' in page.content.decode()
    assert "side=B#side-B" in page.content.decode()


@pytest.mark.usefixtures("waves")
def test_draws_the_chart_with_its_words_and_its_table(client, manager, home):
    client.force_login(manager)

    page = client.get(openness(home)).content.decode()

    assert page.count('role="img" aria-label="Eight sides, months 0 and 3') == 2
    assert "The table below gives the numbers." in page
    assert '<circle class="mark-ring"' in page
    assert "style=" not in page[page.index("<main") : page.index("</main>")]
    assert page.count("<tr>") > 8


@pytest.mark.usefixtures("waves")
def test_leaves_out_waves_that_have_not_begun(client, manager, home):
    client.force_login(manager)

    page = words(client.get(openness(home)))

    assert "Month 3" in page
    assert "Month 6" not in page


@pytest.mark.parametrize("query", [{"wave": "6"}, {"wave": "x"}, {"side": '"><i>x'}])
@pytest.mark.usefixtures("waves")
def test_shows_the_latest_wave_where_the_address_names_no_other(client, manager, home, query):
    client.force_login(manager)

    response = client.get(openness(home, **query))

    assert response.status_code == 200
    assert "Month 3: not enough yet" in words(response)
    assert '"><i>x' not in response.content.decode()


def test_shows_a_home_without_an_enrolment_as_it_stands_today(client, manager, home):
    client.force_login(manager)

    page = words(client.get(openness(home)))

    assert "Today: not enough yet" in page
    assert "to 20 August 2026" in page


@pytest.mark.usefixtures("waves")
def test_never_speaks_of_ranks_or_a_closed_culture(client, manager, home):
    client.force_login(manager)

    page = words(client.get(openness(home))).lower()

    assert "a low score is not a safeguarding judgement" in page
    assert not [word for word in ("closed culture", "rank", "league") if word in page]


@pytest.mark.usefixtures("waves")
def test_is_open_to_the_homes_team_and_its_facilitator_alone(
    client, home, manager, coordinator, facilitator, champion, researcher, stranger
):
    elsewhere = factories.member("manager", home=factories.HomeFactory(), name="Eve")
    may = (manager, coordinator, facilitator)
    for person in (*may, champion, researcher, stranger):
        client.force_login(person)

        assert client.get(openness(home)).status_code == (200 if person in may else 403)
    client.force_login(elsewhere)
    assert client.get(openness(home)).status_code == 404


def test_asks_visitors_to_sign_in(client, home):
    response = client.get(openness(home))

    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_knows_no_home_that_is_not_there(client, manager):
    client.force_login(manager)

    assert client.get(reverse("openness:home", args=[0])).status_code == 404


def test_reads_a_page_in_few_queries(
    client, manager, home, waves, django_assert_max_num_queries
):
    answer(waves[1], "staff", {"A3": 3}, times=5)
    client.force_login(manager)

    with django_assert_max_num_queries(20):
        client.get(openness(home))


# --- disclosure in the home's own view --------------------------------------------------


def test_shows_a_groups_median_from_three_respondents_on(client, manager, home, waves):
    answer(waves[1], "staff", {"A3": 4}, times=3)
    answer(waves[1], "residents", {"A3": 1}, times=2)
    answer(waves[1], "relatives", {"A3": 1}, times=1)
    close(waves[1])
    client.force_login(manager)

    page = words(client.get(openness(home)))

    assert "Staff: 4 of 4 (3 answers)" in page
    assert "People who live here: too few answers to show" in page
    assert "Relatives and friends: too few answers to show" in page


def test_shows_no_group_from_which_the_hidden_one_could_be_worked_out(
    client, manager, home, waves
):
    answer(waves[1], "staff", {"A3": 4}, times=5)
    answer(waves[1], "relatives", {"A3": 3}, times=3)
    answer(waves[1], "residents", {"A3": 0}, times=1)
    close(waves[1])
    client.force_login(manager)

    page = words(client.get(openness(home)))

    assert "Staff: 4 of 4" in page
    assert "Relatives and friends: too few answers to show" in page
    assert "People who live here: too few answers to show" in page


def test_shows_no_step_that_a_single_hidden_group_made(client, manager, home, waves):
    answer(waves[1], "residents", {"A3": 0}, times=2)
    answer(waves[1], "manager", {"A3": 4})
    close(waves[1])
    client.force_login(manager)

    page = client.get(openness(home)).content.decode()

    row = page[page.index("Welcome and ease of visiting <span") :].split("</tr>")[0]
    assert "Manager: <b>4</b>" in row
    assert "<b>2</b> of 4" not in row
    assert "too few answers to show" in row


def test_names_the_groups_that_differ_only_if_both_may_be_shown(client, manager, home, waves):
    answer(waves[1], "staff", {"A3": 4, "G4": 4}, times=3)
    answer(waves[1], "residents", {"A3": 1}, times=3)
    answer(waves[1], "residents", {"G4": 1}, times=1)
    close(waves[1])
    client.force_login(manager)

    page = words(client.get(openness(home)))

    assert "People who live here say 1, staff say 4." in page
    assert "Confident about risk. People who live here" not in page


def test_shows_an_answer_given_in_office_as_such(client, manager, home, waves):
    answer(waves[1], "manager", {"G1": 3})
    client.force_login(manager)

    assert "Manager: 3 of 4 month 0: 2" in words(client.get(openness(home)))


def test_hides_a_side_and_felt_that_would_tell_one_residents_answer(
    client, manager, home, waves
):
    close(waves[1])
    client.force_login(manager)
    before = client.get(openness(home))
    answer(waves[1], "residents", {"H1": 1})

    page = client.get(openness(home))

    known = side_row(page, "Being known")
    assert "2.0" in known, "month 0, which the manager answered, is shown as before"
    assert "too few answers to show" in known
    assert "1.0" not in known
    assert "Being known : too few answers to show" in words(page)
    assert "Felt too few answers to show, from what people answered" in words(page)
    assert "Felt 37.5 of 100" not in words(page)
    assert "one person’s could be worked out" in words(page)
    assert "one person’s could be worked out" not in words(before)
    assert marks(page) == marks(before)
    assert "Month 0: opening the door" in words(client.get(openness(home, wave=0)))


def test_shows_side_and_felt_once_three_residents_have_answered(client, manager, home, waves):
    answer(waves[1], "residents", {"H1": 1}, times=3)
    close(waves[1])
    client.force_login(manager)

    page = client.get(openness(home))

    assert "1.0" in side_row(page, "Being known")
    assert "Felt 37.5 of 100" in words(page)
    assert "too few answers" not in words(page)


def test_an_open_wave_tells_no_sheet_by_a_look_before_and_after_it(
    client, manager, home, waves
):
    for value in (1, 4):
        answer(waves[1], "residents", {"A3": value}, times=3)
    client.force_login(manager)
    before = without_counts(client.get(openness(home)))

    for _ in range(2):
        answer(waves[1], "residents", {"A3": 4})
        assert without_counts(client.get(openness(home))) == before
    answer(waves[1], "residents", {"A3": 4})

    assert "People who live here: 1 of 4" in before
    assert without_counts(client.get(openness(home))) != before


def test_sheets_that_can_still_be_taken_back_tell_nothing_of_others(
    client, manager, home, waves
):
    client.force_login(manager)
    empty = without_counts(client.get(openness(home)))
    for value in (4, 0, 0, 0, 0, 0):  # one resident’s, framed by what somebody makes up
        answer(waves[1], "residents", {"A3": value})
    waves[1].assessments.update(way="paper")

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=9), tick=False):
        assert without_counts(client.get(openness(home))) == empty
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        assert without_counts(client.get(openness(home))) != empty


def test_puts_the_last_answers_beside_the_new_ones(client, manager, home, waves):
    answer(waves[0], "staff", {"A3": 2}, times=3)
    score_wave(wave=waves[0])
    answer(waves[1], "staff", {"A3": 3}, times=3)
    close(waves[1])
    client.force_login(manager)

    assert "Staff: 3 of 4 (3 answers) month 0: 2" in words(client.get(openness(home)))


def test_never_puts_answers_of_too_few_beside_the_new_ones(client, manager, home, waves):
    answer(waves[0], "staff", {"A3": 1}, times=2)
    score_wave(wave=waves[0])
    answer(waves[1], "staff", {"A3": 3}, times=3)
    close(waves[1])
    client.force_login(manager)

    page = words(client.get(openness(home)))

    assert "Staff: 3 of 4 (3 answers)" in page
    assert "month 0: 1" not in page


def without_counts(response):
    """The page without how many sheets came in, which it tells at once."""
    return re.sub(
        r"\d+ (answers?|of \d+ wanted)", "", words(response).split("Answers come in")[1]
    )


def side_row(page, name):
    """The row of the table of sides."""
    table = page.content.decode().split('<caption class="vh">Each side from 0 to 4')[1]
    return table[table.index(f">{name}</a>") :].split("</tr>")[0]


def marks(page):
    """How many marks the charts have."""
    text = page.content.decode()
    return text.count('class="mark-ring"') + text.count('class="mark-full"')


# --- the card that other pages include --------------------------------------------------


@pytest.mark.usefixtures("waves")
def test_gives_other_pages_a_card_with_chart_and_table(home, manager):
    overview = overview_of(home, person=manager)
    part = Template('{% include "openness/parts/card.html" %}')
    card = part.render(Context({"home": home, "overview": overview}))

    assert "How open we are: not enough yet" in card
    assert card.count('role="img"') == 2
    assert "<table>" in card
    assert f'href="{openness(home)}"' in card
