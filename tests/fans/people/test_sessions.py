"""Sessions: how long they last, where they are, and what ends them."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fans.people import services
from fans.people.models import Person
from fans.people.templatetags.people_tags import device
from tests import factories
from tests.factories import PASSWORD

NEW = "blue teapot on a boat"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def ada(db) -> Person:
    """Ada has an account with a confirmed address."""
    return services.open_account(email="ada@example.org", name="Ada", password=PASSWORD)


def _window(email="ada@example.org", **more) -> Client:
    """A browser of its own, signed in."""
    client = Client(**more)
    client.post(
        reverse("account_login"), {"login": email, "password": PASSWORD, "remember": "on"}
    )
    return client


def _is_in(client) -> bool:
    return client.get(reverse("people:account")).status_code == 200


def test_a_changed_password_ends_a_stolen_session_and_keeps_ones_own(ada):
    thief, own = _window(), _window()
    own.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert _is_in(own)
    assert not _is_in(thief)


def test_a_password_replaced_by_a_mailed_link_ends_every_session(ada, mailoutbox):
    thief = _window()
    other = Client()
    other.post(reverse("account_reset_password"), {"email": "ada@example.org"})
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]
    form = other.get(link)["Location"]
    other.post(form, {"password1": NEW, "password2": NEW})

    assert not _is_in(thief)
    assert "replaced by a new one" in mailoutbox[1].body


def test_all_others_end_at_a_press(ada):
    phone, own = _window(), _window()
    page = own.get(reverse("usersessions_list"))
    own.post(reverse("usersessions_list"))

    assert page.context["session_count"] == 2
    assert _is_in(own)
    assert not _is_in(phone)


def test_one_sees_ones_own_sessions_alone(ada):
    services.open_account(email="ben@example.org", password=PASSWORD)
    _window("ben@example.org", headers={"user-agent": "Firefox on Windows"})

    page = _window().get(reverse("usersessions_list")).content.decode()

    assert UserSession.objects.count() == 2
    assert "Firefox" not in page


@pytest.mark.parametrize(("role", "days"), [("volunteer", 14), ("administrator", 7)])
def test_a_session_ends_on_its_last_day_however_often_it_was_used(db, settings, role, days):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.SESSION_SAVE_EVERY_REQUEST = True  # so that Django itself lets it run on
    client, begun = Client(), timezone.now()
    with time_machine.travel(begun):
        client.force_login(factories.member(role))
    for day in range(days):
        with time_machine.travel(begun + dt.timedelta(days=day)):
            assert _is_in(client)

    with time_machine.travel(begun + dt.timedelta(days=days, seconds=1)):
        assert not _is_in(client)
        assert "_auth_user_id" not in client.session


def test_a_role_near_people_given_meanwhile_shortens_the_session(ada, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = _window()
    services.give_role(person=ada, role="administrator")
    client.get(reverse("frontend:today"))
    assert _is_in(client)

    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)):
        assert not _is_in(client)


def test_a_session_without_a_last_moment_is_over(ada):
    client = _window()
    session = client.session
    del session["ends"]
    session.save()

    assert not _is_in(client)


def test_a_public_page_shows_a_session_that_is_over_as_a_visitor(ada):
    client = _window()
    with time_machine.travel(timezone.now() + dt.timedelta(days=13, hours=23)):
        assert client.get(reverse("frontend:help")).context["user"].is_authenticated
    with time_machine.travel(timezone.now() + dt.timedelta(days=14, hours=1)):
        assert not client.get(reverse("frontend:help")).context["user"].is_authenticated


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537 Chrome/156 Mobile Safari/537",
            "Chrome on an Android phone or tablet",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/156 Safari/537 Edg/156",
            "Edge on a Windows computer",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Firefox/150",
            "Firefox on a Linux computer",
        ),
        ("curl/8", "A browser on an unknown device"),
    ],
)
def test_a_device_is_told_in_words(user_agent, words):
    assert device(user_agent) == words
