"""Signing up as people see it: four steps, a mail, a press. No scripts needed."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from fans.people import services
from fans.people.consent.services import holds
from fans.people.models import Person
from fans.people.volunteers import limits
from fans.people.volunteers.forms.sign_up import ReachForm, WhoForm
from fans.people.volunteers.models import Application, Stage, Volunteer
from tests import factories
from tests.fans.people.volunteers.offers import (
    A_GROUP,
    AMRIT,
    LIKES,
    OF_KIT,
    OF_ZOE,
    PAGE,
    REACH,
    WHO,
    confirm,
    link,
    send,
    text,
)

pytestmark = pytest.mark.usefixtures("cells")


def test_an_adult_signs_up_step_by_step_and_answers_come_along(client):
    first = client.post(PAGE, {"step": "1", **WHO})
    second = client.post(PAGE, {"step": "2", **WHO, **LIKES})
    third = client.post(PAGE, {"step": "3", **WHO, **LIKES, **REACH})

    assert "What would you enjoy?" in text(first)
    assert '<input type="hidden" name="interests" value="gardening">' in text(second)
    assert "Around M33 2; 2 miles" in text(third)
    assert "A chat and a cup of tea, Gardening" in text(third)
    assert not Application.objects.exists()


def test_going_back_keeps_what_was_said(client):
    said = {"step": "3", "go": "back", **WHO, **LIKES, "name": "Amrit", "email": "half"}

    page = text(client.post(PAGE, said))

    assert "Step 2 of 4" in page
    assert re.search(r'value="gardening"[^>]*checked', page)
    assert 'value="M33 2DH"' in page
    assert '<input type="hidden" name="email" value="half">' in page


def test_the_link_in_the_mail_makes_an_adult_a_volunteer(client):
    sent = send(client)
    welcome = confirm(client)

    volunteer = Volunteer.objects.get()
    assert sent["Location"] == reverse("volunteers:sent")
    assert "Thank you, Amrit!" in text(welcome)
    assert (volunteer.person.email, volunteer.person.name) == (AMRIT, "Amrit")
    assert volunteer.stage == Stage.APPLIED
    assert volunteer.events.get().by == volunteer.person
    assert (volunteer.cell, volunteer.travel_m) == ("M33 2", 3219)
    assert volunteer.interests == ["chat", "gardening"]
    assert holds(volunteer.person, "volunteer_profile")
    assert not holds(volunteer.person, "name_to_homes")
    assert "_auth_user_id" not in client.session
    assert Application.objects.get().answers == {}


def test_a_yes_to_being_named_to_homes_is_kept_where_it_was_given(client):
    send(client, name_to_homes="on")
    confirm(client)

    assert holds(Person.objects.get(email=AMRIT), "name_to_homes")


def test_the_postcode_is_kept_nowhere(client):
    send(client)

    assert "2DH" not in str(Application.objects.values().get())
    assert all("2DH" not in one.body for one in mail.outbox)


def test_the_sign_in_code_is_offered_to_whoever_has_just_confirmed(client):
    send(client)
    welcome = confirm(client)
    form = re.search(
        r'<form method="post" action="([^"]*login/code[^"]*)".*?</form>', text(welcome)
    )
    client.post(form[1], {"email": AMRIT})
    code = re.search(r"^\s+(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.session["_auth_user_id"] == str(Person.objects.get(email=AMRIT).pk)
    assert "Amrit, you are on your way" in text(client.get(reverse("volunteers:me")))


@pytest.mark.parametrize(
    ("said", "step", "words"),
    [
        ({"age_band": "12"}, 1, "Choose one of these."),
        ({"kind": "group"}, 1, "Put the name of your group."),
        ({**A_GROUP, "group_children_count": "12"}, 1, "put fewer than come in all"),
        ({**A_GROUP, "age_band": "16-17"}, 1, "Somebody of 18 or over leads a group"),
        ({"interests": []}, 2, "Pick at least one."),
        ({"interests": ["skydiving"]}, 2, "“skydiving” is not on the list."),
        ({"times": ["mon-night"]}, 2, "“mon-night” is not on the list."),
        ({"postcode": "nowhere"}, 2, "Put a postcode, such as M33 2DH."),
        ({"travel_m": "99"}, 2, "Choose one of these."),
        ({"name": "www.example.org"}, 3, "Put a name: letters, spaces and hyphens alone."),
        ({"name": "Win £5"}, 3, "Put a name"),
        ({"email": "no address"}, 3, "Put an e-mail address in full"),
        ({"phone": "call me"}, 3, "Put a telephone number"),
        ({"offer": "x" * 301}, 3, "at most 300 characters"),
        ({"offer": "I visit Mrs Ellis in room 4"}, 3, "Keep it as it is"),
        ({"volunteer_profile": ""}, 4, "Without this yes we may keep nothing."),
        ({**OF_ZOE, "adult_email": "ZOE@example.org"}, 3, "Put the adult’s own address"),
        ({**OF_ZOE, "adult_name": ""}, 3, "Put a name."),
        ({**OF_KIT, "young_volunteer": ""}, 4, "Without this yes we may keep nothing."),
    ],
)
def test_what_does_not_hold_is_named_at_its_step_and_nothing_is_kept(client, said, step, words):
    response = send(client, **said)

    assert response.status_code == 422
    assert f"Step {step} of 4" in text(response)
    assert words in text(response)
    assert not Application.objects.exists()
    assert mail.outbox == []


def test_a_text_that_was_kept_as_it_is_comes_along_to_the_end(client):
    asked = client.post(
        PAGE, {"step": "3", **WHO, **LIKES, **REACH, "offer": "I play Mr Blue Sky"}
    )
    seal = asked.context["form"].keep_value
    send(client, offer="I play Mr Blue Sky", keep_as_it_is=seal)
    confirm(client)

    assert Volunteer.objects.get().offer == "I play Mr Blue Sky"


def test_a_group_is_counted_and_its_leader_named(client):
    send(client, **A_GROUP)
    confirm(client)

    choir = Volunteer.objects.get()
    assert (choir.group_name, choir.group_people_count, choir.group_children_count) == (
        "Sale Sings",
        12,
        3,
    )
    assert choir.person.name == "Amrit"


def test_a_known_address_is_answered_as_any_other_and_told_by_mail(client):
    services.open_account(email=AMRIT, name="Amrit")
    known = send(client)
    unknown = send(Client(), email="new@example.org")

    assert known["Location"] == unknown["Location"]
    assert text(client.get(known["Location"])) == text(Client().get(unknown["Location"]))
    told = mail.outbox[0]
    assert told.to == [AMRIT]
    assert "sign in first" in told.body
    assert reverse("volunteers:sign_up") in told.body
    assert Application.objects.get().email == "new@example.org"


def test_a_closed_account_is_written_nothing_and_answered_alike(client):
    closed = services.open_account(email=AMRIT)
    closed.is_active = False
    closed.save()

    assert send(client)["Location"] == reverse("volunteers:sent")
    assert mail.outbox == []
    assert not Application.objects.exists()


def test_an_address_gets_three_mails_an_hour_and_the_page_stays_the_same(client):
    answers = {send(client)["Location"] for _ in range(5)}

    assert answers == {reverse("volunteers:sent")}
    assert len(mail.outbox) == 3


def test_a_school_behind_one_router_signs_up_a_whole_class(client):
    for number in range(40):
        send(client, email=f"pupil{number}@example.org")

    assert Application.objects.count() == 40


def test_one_network_cannot_have_mail_sent_to_the_whole_town(client, monkeypatch):
    monkeypatch.setitem(limits._RATES, "network", "2/h/ip")
    codes = [send(client, email=f"p{n}@example.org").status_code for n in range(3)]

    assert codes == [302, 302, 429]
    assert len(mail.outbox) == 2


def test_a_machine_that_fills_in_everything_is_answered_alike_and_sends_nothing(client):
    response = send(client, website="https://example.com")

    assert response["Location"] == reverse("volunteers:sent")
    assert mail.outbox == []
    assert not Application.objects.exists()


def test_whoever_is_signed_in_offers_without_a_mail(client, stranger):
    client.force_login(stranger)
    step = client.post(PAGE, {"step": "2", **WHO, **LIKES})
    response = send(client, name="Cy", email="")

    assert 'name="email"' not in text(step)
    assert response["Location"] == reverse("volunteers:me")
    assert Volunteer.objects.get().person == stranger
    assert mail.outbox == []


def test_a_volunteer_who_offers_again_is_led_to_their_own_page(client):
    volunteer = factories.VolunteerFactory()
    client.force_login(volunteer.person)

    page = text(client.get(PAGE))
    response = send(client, email="")

    assert "You have offered already" in page
    assert response["Location"] == reverse("volunteers:me")
    assert Volunteer.objects.count() == 1


@pytest.mark.parametrize("made_up", ["none-such", "x" * 200, "ä", "%00"])
def test_a_made_up_link_is_over_and_says_what_to_do(client, made_up):
    page = client.get(reverse("volunteers:open_offer", args=[made_up]), follow=True)

    assert page.status_code == 410
    assert "offer once more" in text(page)


def test_a_link_works_once(client):
    send(client)
    used = link()
    confirm(client)
    again = Client()
    again.get(used)
    response = again.post(reverse("volunteers:confirm"))

    assert response.status_code == 410
    assert Volunteer.objects.count() == 1


@given(st.text(max_size=80))
def test_a_name_of_whatever_letters_is_taken_or_refused_in_words(name):
    form = ReachForm({"name": name, "email": AMRIT})

    if form.is_valid():
        assert not re.search(r"[\d./:@<>\\]", form.cleaned_data["name"])
    else:
        assert "name" in form.errors


@given(
    st.sampled_from(["18+", "16-17", "under-16", "", "99"]),
    st.sampled_from(["alone", "group", "", "crowd"]),
    st.one_of(st.integers(-5, 300), st.text(max_size=4)),
    st.one_of(st.integers(-5, 300), st.text(max_size=4)),
)
def test_a_group_that_is_taken_has_a_grown_up_and_counts_that_hold(age, kind, people, children):
    form = WhoForm(
        {
            "age_band": age,
            "kind": kind,
            "group_name": "Sale Sings",
            "group_people_count": people,
            "group_children_count": children,
        }
    )

    if form.is_valid() and kind == "group":
        said = form.cleaned_data
        assert said["age_band"] == "18+"
        assert 0 <= said["group_children_count"] < said["group_people_count"] <= 200
    elif form.is_valid():
        assert form.cleaned_data["group_name"] == ""
