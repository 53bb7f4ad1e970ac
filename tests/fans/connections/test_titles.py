"""Titles of pages stay in a browser's history and tabs: no person is called anything there."""

import re

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

LABEL = "Accordion player"


@pytest.fixture
def tie(home):
    partner = factories.PartnerFactory(
        kind="person", asset=None, name=LABEL, own_category="individual_gift"
    )
    return factories.PartnershipFactory(home=home, partner=partner)


def _tied(route):
    return lambda tie: reverse(route, args=[tie.pk])


def _answer(tie):
    return reverse("ties:answer", args=[factories.ApproachFactory(partnership=tie).pk])


def _card(tie):
    return reverse("steps:card", args=[tie.home_id, tie.pk])


def _known(tie):
    row = factories.AcquaintanceFactory(home=tie.home, name=LABEL, partnership=None)
    return reverse("steps:known", args=[tie.home_id, row.pk])


@pytest.mark.parametrize(
    "address",
    [
        _tied("ties:tie"),
        _tied("ties:about"),
        _tied("ties:approach"),
        _tied("ties:over"),
        _answer,
        _card,
        _known,
    ],
)
def test_what_a_home_calls_a_person_is_in_no_title(client, coordinator, tie, address):
    client.force_login(coordinator)

    answer = client.get(address(tie))

    assert answer.status_code == 200
    text = answer.content.decode()
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1]
    assert LABEL not in title
    assert LABEL in text.replace(title, "")


def test_a_place_is_named_in_the_title(client, coordinator, home):
    asset = factories.AssetFactory(name="Sale Choir")
    partner = factories.PartnerFactory(asset=asset)
    tie = factories.PartnershipFactory(home=home, partner=partner)
    client.force_login(coordinator)

    text = client.get(reverse("ties:tie", args=[tie.pk])).content.decode()

    assert f"<title>Sale Choir and {home.name}" in text
