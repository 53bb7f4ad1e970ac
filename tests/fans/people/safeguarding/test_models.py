"""What the database refuses of a council's numbers."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from fans.people.safeguarding.models import Contact
from geo.models import AreaKind
from tests import factories
from tests.factories import NORWICH, SALE, box

pytestmark = pytest.mark.django_db


def contact(**said):
    facts = {
        "council": "Trafford Council",
        "phone": "0161 496 0111",
        "checked_on": dt.date(2026, 11, 1),
    }
    return Contact.objects.create(**facts | said)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"council": ""}, "council_named"),
        ({"phone": ""}, "has_a_number"),
        ({"phone": "ask Ann"}, "phone_shape"),
        ({"phone_out_of_hours": "0161-496"}, "other_phone_shape"),
        ({"web": "http://trafford.example.org"}, "web_safe"),
        ({"web": "javascript:alert(1)"}, "web_safe"),
    ],
)
def test_refuses_what_nobody_could_call(said, rule):
    with pytest.raises(IntegrityError, match=f"safeguarding_contact_{rule}"):
        contact(**said)


def test_refuses_a_council_twice():
    contact()

    with pytest.raises(IntegrityError, match="safeguarding_contact_council_once"):
        contact(council="TRAFFORD COUNCIL")


def test_refuses_two_contacts_for_one_area():
    area = factories.AreaFactory()
    contact(area=area)

    with pytest.raises(IntegrityError, match="area"):
        contact(council="Salford Council", area=area)


def test_a_number_that_is_answered_at_any_time_is_enough():
    at_any_time = contact(phone="", phone_out_of_hours="0161 496 0112")

    at_any_time.full_clean()


def test_spaces_are_written_once():
    row = Contact(
        council="Trafford Council", phone=" 0161  496 0111 ", checked_on=dt.date(2026, 11, 1)
    )

    row.full_clean()

    assert row.phone == "0161 496 0111"
    assert row.dial == "01614960111"


def test_an_area_that_goes_leaves_the_contact():
    area = factories.AreaFactory()
    row = contact(area=area)

    area.delete()

    row.refresh_from_db()
    assert row.area is None


def test_a_council_comes_before_its_county():
    around = box(SALE)
    county = factories.AreaFactory(kind=AreaKind.COUNTY, boundary=around)
    council = factories.AreaFactory(kind=AreaKind.LOCAL_AUTHORITY, boundary=around)
    contact(council="Greater Manchester", area=county)
    near = contact(area=council)

    assert Contact.objects.responsible(at=SALE).first() == near
    assert not Contact.objects.responsible(at=NORWICH).exists()


@pytest.mark.parametrize("name", ["Trafford", "trafford council"])
def test_a_council_is_known_by_its_name_where_no_area_is(name):
    by_name = contact()

    assert Contact.objects.responsible(at=None, council=name).get() == by_name
    assert not Contact.objects.responsible(at=None, council="Salford").exists()
    assert not Contact.objects.responsible(at=None).exists()


def test_an_area_comes_before_a_mere_name():
    contact(council="Norfolk Council")
    here = contact(area=factories.AreaFactory(boundary=box(SALE)))

    assert Contact.objects.responsible(at=SALE, council="Norfolk").first() == here


def test_a_page_that_is_no_address_is_refused_in_words():
    row = Contact(
        council="T", phone="0161 496 0111", web="http://x.org", checked_on=dt.date(2026, 1, 1)
    )

    with pytest.raises(ValidationError, match="must begin with https://"):
        row.full_clean()
