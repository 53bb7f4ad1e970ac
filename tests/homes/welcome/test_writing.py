"""A home writes its own welcome card: in few lines, naming nobody, two people at once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from homes.merging import merge_homes
from homes.welcome.errors import ChangedMeanwhileError
from homes.welcome.models import WelcomeCard
from homes.welcome.services import version_of, write_card
from tests import factories

pytestmark = pytest.mark.django_db

SAID = {
    "come_by": "Any day, ten till seven.",
    "inside": "There is always tea.",
    "would_love": "A fourth for dominoes\n\n - A dog that likes laps ",
    "getting_in": "Level from the street.",
    "is_public": True,
}


@pytest.fixture
def home():
    return factories.HomeFactory(name="Larkfield House")


@pytest.fixture
def address(home):
    return reverse("welcome:edit", args=[home.pk])


def test_keeps_what_the_home_said_line_by_line(home):
    grace = factories.member("coordinator", home=home)

    card = write_card(home=home, by=grace, version="", **SAID)

    assert card.love_lines == ["A fourth for dominoes", "A dog that likes laps"]
    assert card.written_by == grace


def test_the_second_of_two_writers_is_told(home):
    grace = factories.member("coordinator", home=home)
    first = write_card(home=home, by=grace, version="", **SAID)
    seen = version_of(first)
    write_card(home=home, by=grace, version=seen, **{**SAID, "inside": "Coffee too."})

    with pytest.raises(ChangedMeanwhileError):
        write_card(home=home, by=grace, version=seen, **{**SAID, "inside": "Only water."})

    assert WelcomeCard.objects.get().inside == "Coffee too."


def test_both_see_both_words_and_can_still_save(client, home, address):
    client.force_login(factories.member("coordinator", home=home))
    write_card(home=home, by=None, version="", **{**SAID, "inside": "Theirs."})

    told = client.post(address, {**SAID, "version": "", "inside": "Ours."})
    again = client.post(address, {**SAID, "version": told.context["form"].data["version"]})

    assert told.status_code == 409
    assert "Theirs." in told.content.decode()
    assert "Ours." in told.content.decode()
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"come_by": "", "is_public": "on"}, "Say when people can come"),
        ({"would_love": "a\nb\nc\nd\ne"}, "Four lines at most"),
        ({"inside": "x" * 241}, "at most 240"),
        ({"inside": "Ask Mrs Bell in room 12"}, "Keep it as it is"),
    ],
)
def test_says_what_is_wrong_and_keeps_nothing(client, home, address, said, words):
    client.force_login(factories.member("manager", home=home))

    answer = client.post(address, {"version": "", **said})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not WelcomeCard.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "manager", "champion", "volunteer"])
def test_nobody_of_elsewhere_writes_it(client, address, role):
    elsewhere = factories.HomeFactory(location=factories.NORWICH)
    scope = {"coordinator": {"home": elsewhere}, "manager": {"home": elsewhere}}.get(role, {})
    if role == "champion":
        scope = {"area": factories.AreaFactory(boundary=factories.box(factories.NORWICH))}
    client.force_login(factories.member(role, **scope))

    assert client.post(address, SAID).status_code in {403, 404}
    assert not WelcomeCard.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"is_public": True, "come_by": ""}, "welcome_welcomecard_public_says_when"),
        ({"would_love": "a\nb\nc\nd\ne"}, "welcome_welcomecard_four_lines"),
    ],
)
def test_the_database_refuses(home, wrong, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        WelcomeCard.objects.create(home=home, **wrong)


def test_too_long_a_text_is_refused_as_a_whole(home):
    with pytest.raises(ValidationError, match="240"):
        write_card(home=home, by=None, version="", **{**SAID, "inside": "x" * 241})


@pytest.mark.parametrize("both", [True, False])
def test_two_records_of_one_house_have_one_card(home, both):
    leaving = factories.HomeFactory()
    write_card(home=leaving, by=None, version="", **{**SAID, "inside": "The other's."})
    if both:
        write_card(home=home, by=None, version="", **SAID)

    merge_homes(kept=home, leaving=leaving)

    card = WelcomeCard.objects.get()
    assert card.home == home
    assert card.inside == (SAID["inside"] if both else "The other's.")
