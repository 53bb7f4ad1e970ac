"""A month in three numbers."""

import datetime as dt
import re

import pytest
import time_machine

from fans.connections.models import Tally
from tests.factories import NORWICH, HomeFactory, TallyFactory

pytestmark = pytest.mark.django_db

NOVEMBER = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOVEMBER):
        yield


@pytest.fixture
def url(home):
    return f"/homes/{home.pk}/tally/"


@pytest.fixture
def ada(client, coordinator):
    client.force_login(coordinator)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_asks_for_this_month_unless_told(ada, url):
    assert "November 2026 in three numbers" in words(ada.get(url))
    assert "March 2026 in three numbers" in words(ada.get(url, {"month": "2026-03"}))


def test_shows_the_last_six_months_and_which_are_saved(ada, url, home):
    TallyFactory(home=home, month=dt.date(2026, 9, 1), residents_out=0)
    TallyFactory(month=dt.date(2026, 10, 1))

    months = ada.get(url).context["months"]

    assert [month.first.month for month in months] == [11, 10, 9, 8, 7, 6]
    assert [month.first.month for month in months if month.counted] == [9]


def test_an_older_month_is_shown_beside_them(ada, url):
    months = ada.get(url, {"month": "2025-12"}).context["months"]

    assert [month.first for month in months if month.shown] == [dt.date(2025, 12, 1)]


def test_starts_from_the_numbers_saved_before(ada, url, home):
    TallyFactory(
        home=home,
        month=dt.date(2026, 10, 1),
        occupied_beds=38,
        residents_out=9,
        residents_reached=18,
    )

    form = ada.get(url, {"month": "2026-10"}).context["form"]

    assert [form[name].value() for name in form.fields] == ["2026-10", 38, 9, 18]


def test_saves_and_says_so(ada, url, home, coordinator):
    response = ada.post(
        url,
        {
            "month": "2026-10",
            "occupied_beds": "38",
            "residents_out": "0",
            "residents_reached": "",
        },
        follow=True,
    )

    tally = Tally.objects.get()
    assert response.redirect_chain == [(f"{url}?month=2026-10", 302)]
    assert "October 2026 is saved." in words(response)
    assert (tally.home, tally.month) == (home, dt.date(2026, 10, 1))
    assert (tally.occupied_beds, tally.residents_out) == (38, 0)
    assert (tally.residents_reached, tally.counted_by) == (None, coordinator)


def test_saving_again_takes_the_place_of_what_was_there(ada, url):
    ada.post(url, {"month": "2026-10", "occupied_beds": "38"})
    ada.post(url, {"month": "2026-10", "occupied_beds": "37"})

    assert Tally.objects.get().occupied_beds == 37


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({}, "occupied_beds", "Put at least one number."),
        ({"month": ""}, "month", "required"),
        ({"month": "2026-13"}, "month", "such as 2026-10"),
        ({"month": "9999-12"}, "month", "such as 2026-10"),
        ({"month": "2026-12", "residents_out": "1"}, "__all__", "still to come"),
        ({"occupied_beds": "-1"}, "occupied_beds", "greater than or equal to 0"),
        ({"occupied_beds": "forty"}, "occupied_beds", "whole number"),
        ({"occupied_beds": "9" * 300}, "occupied_beds", "less than or equal to 500"),
        ({"residents_out": "\x00"}, "residents_out", "whole number"),
        (
            {"occupied_beds": "30", "residents_out": "31"},
            "__all__",
            "More people out than people living here.",
        ),
        (
            {"occupied_beds": "30", "residents_reached": "31"},
            "__all__",
            "More people reached than people living here.",
        ),
    ],
)
def test_names_the_question_that_needs_another_look(ada, url, sent, field, said):
    response = ada.post(url, {"month": "2026-10"} | sent)

    errors = response.context["form"].errors
    assert response.status_code == 422
    assert list(errors) == [field]
    assert said in " ".join(errors[field])
    assert not Tally.objects.exists()


@pytest.mark.parametrize("month", ["2026-12", "2026-13", "x", "9999-12", "0000-01", "\x00"])
def test_a_month_it_cannot_show_is_answered_with_400(ada, url, month):
    response = ada.get(url, {"month": month})

    assert response.status_code == 400
    assert "still to come" in words(response) or "such as 2026-10" in words(response)


def test_managers_count_too(client, url, manager):
    client.force_login(manager)

    assert client.post(url, {"month": "2026-10", "residents_out": "3"}).status_code == 302


@pytest.mark.parametrize(
    "who", ["champion", "facilitator", "stranger", "researcher", "administrator"]
)
def test_others_do_not(client, url, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url).status_code == 403
    assert client.post(url, {"month": "2026-10", "residents_out": "3"}).status_code == 403
    assert not Tally.objects.exists()


def test_no_other_home(ada):
    far = HomeFactory(name="Elmbank", location=NORWICH)

    assert ada.get(f"/homes/{far.pk}/tally/").status_code == 404
    assert ada.get("/homes/999999/tally/").status_code == 404
