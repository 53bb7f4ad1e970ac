"""The log of a home: the rows behind its numbers."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from tests.factories import (
    NORWICH,
    ConnectionFactory,
    HomeAssetFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(home):
    return f"/homes/{home.pk}/connections/"


@pytest.fixture
def ada(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def tie(home):
    return PartnershipFactory(home=home)


def happened(tie, *days, **values):
    return [
        ConnectionFactory(partnership=tie, happened_on=dt.date(2026, *day), **values)
        for day in days
    ]


def shown(response):
    return [row.connection for row in response.context["rows"]]


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_an_empty_log_starts_something(ada, url, home):
    response = ada.get(url)

    assert "Who do you already know?" in words(response)
    assert f'href="/homes/{home.pk}/log/"' in response.content.decode()


def test_those_who_only_read_are_not_asked_to_log(client, url, facilitator):
    client.force_login(facilitator)

    response = client.get(url)

    assert response.status_code == 200
    assert "Nothing is logged yet" in words(response)
    assert "Log something" not in words(response)


def test_what_is_written_in_sentences_is_not_for_those_who_only_read(
    client, ada, url, tie, facilitator
):
    happened(tie, (9, 1), note="They sang until tea.")
    assert "They sang until tea." in words(ada.get(url))
    client.force_login(facilitator)

    told = words(client.get(url))

    assert str(tie.partner) in told
    assert "They sang until tea." not in told


def test_shows_the_rows_newest_first_and_how_many_of_how_many(ada, url, tie):
    rows = happened(tie, (9, 1), (9, 8), occurrences=2)
    happened(tie, (9, 9), undone_at=timezone.now())

    response = ada.get(url)

    assert shown(response) == rows[::-1]
    assert "1 to 2 of 2 entries: it happened 4 times." in words(response)


def test_is_a_table_for_those_who_listen(ada, url, tie):
    happened(tie, (9, 1))

    page = ada.get(url).content.decode()

    assert '<table class="cardrows">' in page
    assert page.count('scope="col"') == 7
    assert '<th scope="row">' in page


def test_says_everything_that_was_said_in_words(ada, url, home, tie):
    offer = HomeAssetFactory(home=home, description="Greenhouse")
    happened(
        tie,
        (9, 1),
        until_on=dt.date(2026, 9, 22),
        occurrences=4,
        direction="out",
        type="sport",
        origin="resident",
        residents_count=4,
        community_count=6,
        children_count=2,
        home_gives=["tea", f"asset:{offer.pk}"],
        partner_gives=["time"],
        staff_roles=["kitchen"],
        rating=5,
        paid=True,
        note="By the lock",
        source="recall",
    )

    page = words(ada.get(url))

    for said in (
        "From memory",
        "1 September 2026 to 22 September 2026, 4 times",
        "We went, sport or outdoors, paid",
        "Idea: A resident",
        "By the lock",
        "With: Kitchen",
        "4 who live here",
        "6 neighbours, 2 under 18",
        "We: Tea or food, Greenhouse",
        "They: Time",
        "Lovely",
    ):
        assert said in page


def test_what_was_not_said_is_not_shown_as_none(ada, url, tie):
    happened(tie, (9, 1))

    assert words(ada.get(url)).count("Not said") == 3


def test_a_month_shows_the_rows_that_count_in_it(ada, url, tie):
    happened(tie, (8, 31), (10, 1))
    [inside] = happened(tie, (9, 30))
    [ends_inside] = happened(tie, (8, 25), until_on=dt.date(2026, 9, 2))

    assert shown(ada.get(url, {"month": "2026-09"})) == [inside, ends_inside]


def test_a_partner_shows_the_rows_with_it(ada, url, home, tie):
    [row] = happened(tie, (9, 1))
    happened(PartnershipFactory(home=home), (9, 2))

    assert shown(ada.get(url, {"partner": tie.pk})) == [row]


def test_the_months_to_choose_from_are_those_with_rows(ada, url, tie):
    happened(tie, (9, 1), (9, 2), (7, 5))

    choices = ada.get(url).context["form"].fields["month"].widget.choices

    assert [value for value, _ in choices] == ["", "2026-09", "2026-07"]


def test_filters_that_find_nothing_lead_back(ada, url, tie):
    happened(tie, (9, 1))

    response = ada.get(url, {"month": "2026-01"})

    assert response.status_code == 200
    assert "No entry fits." in words(response)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"month": "2026-13"}, "month"),
        ({"month": "october"}, "month"),
        ({"month": "9999-12"}, "month"),
        ({"month": "0001-01"}, "month"),
        ({"month": "2026-10\x00"}, "month"),
        ({"month": "٢٠٢٦-10"}, "month"),
        ({"partner": "x"}, "partner"),
        ({"partner": "999999"}, "partner"),
        ({"partner": "9" * 40}, "partner"),
        ({"partner": "\x00"}, "partner"),
    ],
)
def test_filters_it_does_not_understand_are_named(ada, url, tie, asked, field):
    happened(tie, (9, 1))

    response = ada.get(url, asked)

    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert shown(response) == []


def test_another_home_s_tie_is_no_filter(ada, url):
    elsewhere = PartnershipFactory(home=HomeFactory(name="Elmbank"))

    assert ada.get(url, {"partner": elsewhere.pk}).status_code == 400


def test_long_logs_come_in_pages_that_keep_the_filter(ada, url, tie):
    happened(tie, *[(9, 1 + n % 28) for n in range(27)])

    first = ada.get(url, {"month": "2026-09"})
    second = ada.get(url, {"month": "2026-09", "page": 2})

    assert (len(shown(first)), len(shown(second))) == (25, 2)
    assert "month=2026-09&amp;page=2" in first.content.decode()
    assert "26 to 27 of 27" in words(second)


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "\x00", "9" * 50])
def test_odd_pages_do_no_harm(ada, url, tie, page):
    happened(tie, (9, 1))

    assert ada.get(url, {"page": page}).status_code == 200


def test_fresh_rows_can_be_taken_back_and_older_ones_repeated(ada, url, home, tie):
    [fresh] = happened(tie, (9, 2))
    [old] = happened(tie, (9, 1))
    type(old).objects.filter(pk=old.pk).update(
        logged_at=timezone.now() - dt.timedelta(minutes=11)
    )

    page = ada.get(url).content.decode()

    assert f"/connections/{fresh.pk}/undo/" in page
    assert f"/connections/{old.pk}/undo/" not in page
    assert f"?again={old.pk}" in page


def test_a_tie_that_is_over_is_not_offered_again(ada, url, home):
    [row] = happened(PartnershipFactory(home=home, status="ended"), (9, 1))
    type(row).objects.update(logged_at=timezone.now() - dt.timedelta(minutes=11))

    assert f"?again={row.pk}" not in ada.get(url).content.decode()


def test_rows_with_a_private_person_carry_the_label_alone(ada, url, home):
    person = PartnerFactory(
        kind="person", asset=None, name="Accordion player", own_category="individual_gift"
    )
    happened(PartnershipFactory(home=home, partner=person), (9, 1))

    assert "Accordion player" in words(ada.get(url))


@pytest.mark.parametrize("who", ["manager", "champion", "facilitator"])
def test_the_home_s_people_may_read(client, url, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "researcher", "administrator"])
def test_others_may_not(client, url, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url).status_code == 403


def test_a_visitor_is_sent_to_sign_in(client, url):
    assert client.get(url)["Location"].startswith("/accounts/login/")


def test_no_other_home_s_log(ada):
    far = HomeFactory(name="Elmbank", location=NORWICH)

    assert ada.get(f"/homes/{far.pk}/connections/").status_code == 404
    assert ada.get("/homes/999999/connections/").status_code == 404


def test_writing_to_the_list_is_not_allowed(ada, url):
    assert ada.post(url).status_code == 405


def test_the_page_costs_the_same_however_many_rows(ada, url, home, django_assert_num_queries):
    for n in range(24):
        happened(PartnershipFactory(home=home), (9, 1 + n))

    with django_assert_num_queries(12):
        ada.get(url)
