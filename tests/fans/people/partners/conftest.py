"""A bowls club with an address, and a champion who looks after the area."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from fans.people.partners.models import Question
from fans.people.post import services as post
from tests import factories

CLUB = "club@example.org"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def area(db):
    return factories.AreaFactory()


@pytest.fixture
def champion(area):
    return factories.member("champion", area=area, name="Priya")


@pytest.fixture
def club(db):
    """A club on the map whose address came with an import; nobody has checked anything."""
    return factories.AssetFactory(
        name="Bowls Club",
        email=CLUB,
        phone="0161 496 0111",
        address="1 The Green",
        source="osm",
        source_ref="node/1",
    )


@pytest.fixture
def approved(club, champion):
    """The club, to whose address a champion lets mail go."""
    post.approve(asset=club, by=champion)
    return club


def links(message=None) -> dict[str, str]:
    """Return the links of a mail to a place by purpose, without the site's own address."""
    body = (message or mail.outbox[-1]).body
    found = re.findall(r"https?://[^/\s]+(/places/answer/(\w+)/\S+/)", body)
    return {purpose: link for link, purpose in found}


def claim_link(message=None) -> str:
    """Return the link of a mail about a claim."""
    body = (message or mail.outbox[-1]).body
    return re.search(r"https?://[^/\s]+(/places/claim/\S+/)", body)[1]


def about(client, page: str) -> str:
    """Return what a page's form says it is about."""
    body = client.get(page, follow=True).content.decode()
    return re.search(r'name="about" value="(\d+)"', body)[1]


def press(client, link: str, **said):
    """Follow a link, and press the button of its page; return the answer to the press."""
    opened = client.get(link, follow=True)
    page = opened.redirect_chain[-1][0] if opened.redirect_chain else link
    found = re.search(r'name="about" value="(\d+)"', opened.content.decode())
    return client.post(page, {"about": found[1] if found else "", **said})


def weeks_pass(weeks: int) -> None:
    """Let everything that was asked be so much older."""
    for question in Question.objects.all():
        question.mailed_at -= timezone.timedelta(weeks=weeks)
        question.asked_at -= timezone.timedelta(weeks=weeks)
        if question.ended_at:
            question.ended_at -= timezone.timedelta(weeks=weeks)
        question.save()
