"""The page "Worried about someone?", and the lines at the foot of every other."""

import datetime as dt

import pytest
from django.template.loader import get_template
from django.urls import reverse

from fans.people.safeguarding.models import Contact
from geo.models import AreaKind, Postcode
from tests import factories
from tests.factories import NORWICH, SALE, box
from tests.walk import OURS, ask, country, here, send, there

__all__ = ["ask", "country", "here", "send", "there"]  # fixtures

URL = "/worried/"
NO_REPORTS = "We take no safeguarding reports here"


@pytest.fixture
def trafford(db):
    area = factories.AreaFactory(
        name="Trafford", kind=AreaKind.LOCAL_AUTHORITY, boundary=box(SALE)
    )
    return Contact.objects.create(
        council="Trafford Council",
        area=area,
        phone="0161 496 0111",
        phone_out_of_hours="0161 496 0112",
        web="https://example.org/adults",
        checked_on=dt.date(2026, 11, 1),
    )


def foot_of(response):
    return response.content.decode().rpartition("<footer")[2]


@pytest.mark.parametrize("route", OURS)
def test_every_page_says_whom_to_call(route, ask, here):
    for name in ("visitor", "volunteer", "manager", "administrator"):
        with ask(name, "get", route, here) as response:
            page = response.content.decode(errors="replace") if not response.streaming else ""
            if "<html" not in page[:500]:
                continue  # a file, a tile, a part of a page

            assert "Worried about someone?" in page
            assert f'href="{URL}"' in page
            assert "999" in page


def test_the_page_for_what_went_wrong_says_it_too():
    page = get_template("500.html").render()

    assert f'href="{URL}">Worried about someone?' in page


@pytest.mark.django_db
def test_emergencies_come_first_and_nothing_can_be_sent(client):
    page = client.get(URL).content.decode()

    assert page.index('href="tel:999"') < page.index("Ask for adult safeguarding")
    assert NO_REPORTS in page
    assert "<textarea" not in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert 'method="post"' not in main
    assert client.post(URL).status_code == 405


@pytest.mark.django_db
def test_the_numbers_of_the_whole_country_stand_there_with_their_day(client):
    page = client.get(URL).content.decode()

    for number in ("tel:101", "tel:08088088141", "tel:08088005000", "tel:03000616161"):
        assert number in page
    assert "We last looked these numbers up on 22 November 2026" in page


def test_a_postcode_finds_the_council(client, trafford):
    Postcode.objects.create(code="M332DH", location=SALE)

    page = client.get(URL, {"q": "m33 2dh"}).content.decode()

    assert 'href="tel:01614960111"' in page
    assert "Checked on 1 November 2026" in page


def test_a_postcode_elsewhere_finds_none_and_says_what_to_do(client, trafford):
    Postcode.objects.create(code="NR21AA", location=NORWICH)

    response = client.get(URL, {"q": "NR2 1AA"})

    assert response.context["found"] == []
    assert "We do not know that council’s number yet" in response.content.decode()


@pytest.mark.parametrize("words", ["trafford", "Council Trafford", "TRAFFORD COUNCIL"])
def test_a_name_finds_the_council(client, trafford, words):
    assert client.get(URL, {"q": words}).context["found"] == [trafford]


@pytest.mark.parametrize("words", ["", "   ", "x" * 200, "\x00", "%", "M33 2DH'; --"])
def test_odd_words_find_nothing_and_break_nothing(client, trafford, words):
    response = client.get(URL, {"q": words})

    assert response.status_code == 200
    assert response.context["found"] == []


def test_all_councils_can_be_looked_through_without_a_search(client, trafford):
    assert "Trafford Council" in client.get(URL).content.decode()


def test_the_page_of_a_home_has_the_numbers_of_its_area(client, trafford, home):
    foot = foot_of(client.get(reverse("frontend:home", args=[home.pk])))

    assert "Trafford Council" in foot
    assert 'href="tel:01614960111"' in foot
    assert 'href="tel:01614960112"' in foot


def test_the_page_of_a_place_has_the_numbers_of_its_area(client, trafford):
    asset = factories.AssetFactory()

    assert "Trafford Council" in foot_of(client.get(reverse("frontend:asset", args=[asset.pk])))


def test_a_page_of_a_homes_own_people_has_them_too(client, trafford, home, coordinator):
    client.force_login(coordinator)

    foot = foot_of(client.get(reverse("connections:log", args=[home.pk])))

    assert "Trafford Council" in foot


def test_a_home_far_away_has_the_chooser_instead(client, trafford):
    far = factories.HomeFactory(
        name="Elmbank", location=NORWICH, postcode="NR2 1AA", local_authority="Norfolk"
    )

    foot = foot_of(client.get(reverse("frontend:home", args=[far.pk])))

    assert "Trafford" not in foot
    assert "find the number of the council" in foot


def test_a_home_without_a_point_counts_by_its_council(client, trafford):
    nowhere = factories.HomeFactory(
        location=None,
        location_precision="",
        location_source="",
        local_authority="Trafford",
    )

    foot = foot_of(client.get(reverse("frontend:home", args=[nowhere.pk])))

    assert 'href="tel:01614960111"' in foot


def test_a_page_about_nowhere_asks_the_database_for_no_contact(
    client, trafford, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3) as asked:
        client.get(reverse("frontend:help"))

    assert not any("safeguarding_contact" in query["sql"] for query in asked)


def test_an_administrator_puts_a_council_in(client, administrator):
    client.force_login(administrator)
    data = {"council": "Salford Council", "phone": "0161 496 0200", "checked_on": "2026-11-01"}
    data |= {"area": "", "phone_out_of_hours": "", "web": ""}

    response = client.post(reverse("admin:safeguarding_contact_add"), data)

    assert response.status_code == 302
    assert Contact.objects.get().phone == "0161 496 0200"


def test_nobody_else_does(client, manager):
    client.force_login(manager)

    assert client.get(reverse("admin:safeguarding_contact_add")).status_code in (302, 403, 404)
