"""A volunteer's certificate: their own, or one their lead hands over."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from fans.people.audit.models import AccessLog
from fans.people.pdf import can_make_pdf
from fans.people.volunteers.models import HoursEntry
from tests import factories
from tests.factories import SALE, box
from tests.pdfs import unpacked

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="Pango is not installed")

OWN = "prints:my_certificate"


@pytest.fixture
def ada():
    ada = factories.VolunteerFactory(stage="active", location=SALE, person__name="Ada Byron")
    home = factories.HomeFactory(name="Larkfield House", location=SALE)
    for day in (dt.date(2026, 3, 2), dt.date(2026, 3, 9), dt.date(2026, 6, 1)):
        HoursEntry.objects.create(volunteer=ada, home=home, day=day, minutes=90)
    return ada


def _lead(point):
    return factories.member("volunteer_lead", area=factories.AreaFactory(boundary=box(point)))


def test_tells_what_was_given_and_where(client, ada):
    client.force_login(ada.person)

    page = client.get(reverse(OWN)).content.decode()

    assert "Ada Byron" in page
    assert "4 hours 30 minutes" in page
    assert "on 3 visits" in page
    assert "Larkfield House" in page
    assert "2 March 2026" in page and "1 June 2026" in page  # noqa: PT018


def test_tells_of_the_days_asked_for_alone(client, ada):
    client.force_login(ada.person)

    page = client.get(reverse(OWN), {"since": "2026-03-05", "until": "2026-03-31"})

    assert "1 hour 30 minutes" in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": "2026-03-05", "until": "2026-03-01"}, "Put a day after the first one."),
        ({"since": "soon", "as": "pdf"}, "Enter a valid date"),
    ],
)
def test_says_which_day_is_wrong(client, ada, asked, words):
    client.force_login(ada.person)

    answer = client.get(reverse(OWN), asked)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_without_hours_there_is_none_to_print(client, ada):
    client.force_login(ada.person)

    answer = client.get(reverse(OWN), {"since": "2020-01-01", "until": "2020-02-01"})

    assert "No hours are logged for these days." in answer.content.decode()
    assert "who gave" not in answer.content.decode()


def test_a_lead_hands_it_over_and_the_look_is_noted(client, ada):
    client.force_login(_lead(SALE))

    answer = client.get(reverse("prints:certificate", args=[ada.pk]))

    assert "Ada Byron" in answer.content.decode()
    assert "Ada" not in re.search(r"<title>(.*?)</title>", answer.content.decode())[1]
    assert AccessLog.objects.filter(people_ids__contains=[ada.person_id]).exists()


def test_a_lead_of_elsewhere_finds_nothing(client, ada):
    client.force_login(_lead(factories.NORWICH))

    assert client.get(reverse("prints:certificate", args=[ada.pk])).status_code == 404


@needs_pango
def test_the_pdf_is_one_tagged_page_and_its_name_tells_nobody(client, ada):
    client.force_login(ada.person)

    answer = client.get(reverse(OWN), {"since": "", "as": "pdf"})

    assert answer["Content-Type"] == "application/pdf"
    assert "ada" not in answer["Content-Disposition"].lower()
    assert b"pdfuaid" in unpacked(answer.content)
