"""Choosing how often one is reminded by mail."""

import pytest

from fans.connections.nudges.models import Wanted
from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import How

pytestmark = pytest.mark.django_db

URL = "/account/reminders/"


def test_who_chose_nothing_gets_one_a_week_on_monday(client, coordinator):
    client.force_login(coordinator)
    page = client.get(URL)

    assert page.context["form"].initial == {"how": "weekly", "weekday": 0}
    assert not Wanted.objects.exists()  # looking changes nothing


def test_a_choice_is_kept_and_can_be_changed(client, coordinator):
    client.force_login(coordinator)
    client.post(URL, {"how": "weekly", "weekday": "3"})
    assert client.post(URL, {"how": "none", "weekday": "3"}).status_code == 302

    (wanted,) = Wanted.objects.all()
    assert (wanted.person, wanted.how, wanted.weekday) == (coordinator, "none", 3)


def test_the_same_again_keeps_since_when(client, coordinator):
    client.force_login(coordinator)
    client.post(URL, {"how": "daily", "weekday": "0"})
    first = Wanted.objects.get().chosen_at
    client.post(URL, {"how": "daily", "weekday": "0"})

    assert Wanted.objects.get().chosen_at == first


@pytest.mark.parametrize(
    "data", [{}, {"how": "hourly", "weekday": "0"}, {"how": "weekly", "weekday": "9"}]
)
def test_what_cannot_be_chosen_is_said_beside_the_question(client, coordinator, data):
    client.force_login(coordinator)
    page = client.post(URL, data)

    assert page.status_code == 422
    assert "needs another look" in page.content.decode() or "need another look" in (
        page.content.decode()
    )
    assert not Wanted.objects.exists()


def test_somebody_who_stopped_such_mail_is_told_where_to_change_that(client, coordinator):
    known = hash_of_address(coordinator.email)
    receivers.stop(address_hash=known, kind="programme", how=How.LINK)
    client.force_login(coordinator)

    assert "At present none is sent" in client.get(URL).content.decode()


def test_the_account_leads_here_for_those_with_a_work_list(client, coordinator, stranger):
    client.force_login(coordinator)
    assert URL in client.get("/account/").content.decode()
    client.force_login(stranger)
    assert URL not in client.get("/account/").content.decode()
    assert client.get(URL).status_code in (403, 404)


def test_the_day_leads_to_the_work_list(client, coordinator, stranger):
    client.force_login(coordinator)
    assert 'href="/work-list/"' in client.get("/today/").content.decode()
    client.force_login(stranger)
    assert 'href="/work-list/"' not in client.get("/today/").content.decode()
