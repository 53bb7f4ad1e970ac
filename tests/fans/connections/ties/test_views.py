"""The pages of ties: what they show, what their buttons do, what they refuse in words."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from fans.connections.models import Partnership
from fans.connections.ties import services
from fans.connections.ties.models import Approach, TieEvent
from fans.connections.ties.reports import lives_of
from tests import factories
from tests.factories import ApproachFactory, ConnectionFactory, PartnershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tie(home):
    asset = factories.AssetFactory(name="Sale Choir", phone="0161 496 0111")
    return PartnershipFactory(
        home=home, partner=factories.PartnerFactory(asset=asset), purpose="Songs on Fridays"
    )


@pytest.fixture
def ada(client, coordinator):
    client.force_login(coordinator)
    return client


def page(client, route, pk):
    response = client.get(reverse(f"ties:{route}", args=[pk]))
    assert response.status_code == 200
    return response.content.decode()


def send(client, route, pk, **said):
    return client.post(reverse(f"ties:{route}", args=[pk]), said, follow=True)


def _met(tie, *days_ago, **more):
    today = timezone.localdate()
    for days in days_ago:
        ConnectionFactory(partnership=tie, happened_on=today - dt.timedelta(days=days), **more)


# --- the list -----------------------------------------------------------------------------


def test_those_going_quiet_come_first_with_the_call_to_make(ada, tie, home):
    lively = PartnershipFactory(home=home)
    _met(lively, 1, 8, 15)
    _met(tie, 100, 107, 114)

    text = page(ada, "list", home.pk)

    assert text.index("Sale Choir") < text.index(lively.partner.asset.name)
    assert "A call would help" in text
    assert 'href="tel:01614960111"' in text
    assert "every 7 days" in text


def test_ties_that_begin_and_those_that_are_over_stand_apart(ada, tie, home):
    ApproachFactory(partnership=tie)
    Partnership.objects.update(status="asked")
    over = PartnershipFactory(home=home, status="declined", declined_reason="too_far")

    text = page(ada, "list", home.pk)

    assert text.index("Beginning") < text.index("Sale Choir") < text.index("Over: 1")
    assert text.index("Over: 1") < text.index(over.partner.asset.name)
    assert "Too far away" in text
    assert "Note their answer" in text


def test_the_list_costs_the_same_with_one_tie_as_with_ten(
    ada, tie, home, django_assert_num_queries, django_assert_max_num_queries
):
    _met(tie, 1, 9)
    url = reverse("ties:list", args=[home.pk])
    ada.get(url)
    with django_assert_max_num_queries(25) as one:
        ada.get(url)
    for _ in range(9):
        _met(PartnershipFactory(home=home), 2, 3)

    with django_assert_num_queries(len(one)):
        ada.get(url)


def test_the_bars_count_the_last_six_months(tie, home):
    with time_machine.travel(dt.datetime(2026, 3, 15, tzinfo=dt.UTC), tick=False):
        for day, times in ((dt.date(2025, 9, 30), 1), (dt.date(2025, 10, 1), 2)):
            ConnectionFactory(partnership=tie, happened_on=day, occurrences=times)
        ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 3, 15))
        ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 1, 31), source="recall")

        [life] = lives_of(home)

    assert life.months == (2, 0, 0, 0, 0, 1)
    assert [bar.height for bar in life.bars] == [11.5, 1, 1, 1, 1, 5.8]


# --- the page of a tie ----------------------------------------------------------------------


def test_the_story_tells_who_when_before_and_after_and_folds_in_the_log(ada, tie, coordinator):
    services.set_depth(partnership=tie, by=coordinator, depth=2)
    ConnectionFactory(partnership=tie, note="By the lock", arranged_by="partner")

    text = page(ada, "tie", tie.pk)

    for shown in ("Its story", "Ada", "not said → a repeated event", "By the lock"):
        assert shown in text
    assert "arranged by the partner" in text


def test_a_step_is_taken_back_by_its_button_and_stays_in_the_story(ada, tie, coordinator):
    services.set_depth(partnership=tie, by=coordinator, depth=2)

    text = send(ada, "undo", TieEvent.objects.get().pk).content.decode()

    tie.refresh_from_db()
    assert tie.depth is None
    assert "The tie stands as before" in text
    assert "Taken back" in text


def test_what_others_build_on_is_refused_in_words(ada, tie, coordinator):
    asked = services.approach(partnership=tie, by=coordinator, channel="phone")
    first = TieEvent.objects.get()
    services.answer(approach=asked, by=coordinator, answer="yes")

    response = send(ada, "undo", first.pk)

    assert response.status_code == 409
    assert "Take the latest step back first" in response.content.decode()


@pytest.mark.parametrize(
    ("button", "column", "value"),
    [
        ("named-home", "home_named_ok", True),
        ("to-partner", "arranged_by", "partner"),
        ("yes-home", "status", "idea"),
    ],
)
def test_each_button_does_what_it_says(ada, tie, button, column, value):
    assert send(ada, "do", tie.pk, do=button).status_code == 200

    tie.refresh_from_db()
    assert getattr(tie, column) == value
    assert TieEvent.objects.count() == 1


def test_the_home_has_no_button_that_speaks_for_the_partner(ada, tie):
    assert "yes-partner" not in page(ada, "tie", tie.pk)
    for button in ("yes-partner", "named-partner"):
        assert send(ada, "do", tie.pk, do=button).status_code == 404
    assert not TieEvent.objects.exists()


def test_an_unknown_button_is_refused(ada, tie):
    assert send(ada, "do", tie.pk, do="explode").status_code == 400


def test_readiness_to_hand_over_is_shown_with_its_button(client, tie, coordinator, home):
    began = timezone.localdate() - dt.timedelta(days=160)
    factories.EnrolmentFactory(home=home, starts_on=began)
    Partnership.objects.update(arranged_by="champion", status="agreed")
    _met(tie, 1, 8, arranged_by="home")
    client.force_login(coordinator)
    assert "can stand without the champion" in page(client, "tie", tie.pk)

    _met(tie, 15, arranged_by="partner")

    assert "Ready to be handed over" in page(client, "tie", tie.pk)
    assert "Ready to be handed over" in page(client, "list", home.pk)


def test_whoever_only_accompanies_the_home_sees_no_button(client, tie, facilitator):
    client.force_login(facilitator)

    text = page(client, "tie", tie.pk)

    assert "/ties/" in text
    assert 'name="do"' not in text


def test_why_somebody_said_no_is_not_for_those_who_only_accompany(
    client, ada, tie, home, coordinator, facilitator
):
    said = {"reason": "lost_touch", "words": "Their van broke down."}
    services.decline(partnership=tie, by=coordinator, **said)
    assert "Their van broke down." in page(ada, "tie", tie.pk)
    client.force_login(facilitator)

    for told in (page(client, "tie", tie.pk), page(client, "list", home.pk)):
        assert "Their van broke down." not in told
        assert "We lost touch" not in told


def test_whoever_only_accompanies_the_home_changes_nothing(client, tie, facilitator):
    client.force_login(facilitator)

    assert send(client, "do", tie.pk, do="to-home").status_code in (403, 404)


# --- the forms ------------------------------------------------------------------------------


def test_asking_by_phone_is_noted(ada, tie):
    said = {"channel": "phone", "words": "Would you sing?", "follow_up_on": "2030-01-01"}

    send(ada, "approach", tie.pk, **said)

    asked = Approach.objects.get()
    assert (asked.channel, asked.follow_up_on) == ("phone", dt.date(2030, 1, 1))


def test_a_mail_to_a_place_nobody_approved_says_whom_to_ask(ada, tie):
    type(tie.partner.asset).objects.update(email="choir@example.org")

    response = send(ada, "approach", tie.pk, channel="mail", words="Would you sing?")

    assert response.status_code == 422
    assert "Ask your champion to approve the address" in response.content.decode()
    assert not Approach.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choose one."),
        ({"channel": "pigeon"}, "is not one of the answers"),
        ({"channel": "mail"}, "Write what they shall read"),
        ({"channel": "phone", "asked_on": "2999-01-01"}, "still to come"),
        (
            {"channel": "phone", "asked_on": "2026-02-01", "follow_up_on": "2026-01-01"},
            "after the one you asked on",
        ),
        ({"channel": "phone", "words": "Her room is 12, NHS 943 476 5919"}, "NHS"),
        ({"channel": "phone", "words": "x" * 1001}, "1000"),
        ({"channel": "phone", "words": "a\x00b"}, "Null characters"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(ada, tie, said, words):
    response = send(ada, "approach", tie.pk, **said)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Approach.objects.exists()


def test_a_no_is_noted_with_its_reason(ada, tie):
    asked = ApproachFactory(partnership=tie)
    assert send(ada, "answer", asked.pk, answer="no").status_code == 422

    send(ada, "answer", asked.pk, answer="no", reason="no_room", words="Try the hall")

    tie.refresh_from_db()
    assert (tie.status, tie.declined_reason) == ("declined", "no_room")


def test_it_has_ended_is_said_and_taken_back(ada, tie):
    Partnership.objects.update(
        status="active",
        home_confirmed_at=timezone.now(),
        partner_confirmed_at=timezone.now(),
    )
    send(ada, "over", tie.pk, how="ended", words="They moved")
    tie.refresh_from_db()
    assert tie.status == "ended"

    send(ada, "undo", TieEvent.objects.get().pk)

    tie.refresh_from_db()
    assert tie.status == "active"


def test_a_champion_cannot_say_no_for_the_home(client, tie, champion):
    client.force_login(champion)

    response = send(client, "over", tie.pk, how="declined", side="home", reason="no_staff")

    assert response.status_code == 422
    assert "speak for the home" in response.content.decode()


def test_what_a_tie_is_like_is_saved_as_steps(ada, tie):
    said = {"purpose": "Songs", "depth": "3", "arranged_by": "partner", "generations": "on"}

    send(ada, "about", tie.pk, **said)

    tie.refresh_from_db()
    assert (tie.purpose, tie.depth, tie.arranged_by) == ("Songs", 3, "partner")
    assert tie.generations
    assert TieEvent.objects.count() == 4


def test_a_card_of_thanks_is_found_from_the_tie_by_those_who_may_print_it(client, tie, ada):
    card = reverse("prints:thanks", args=[tie.pk])
    assert card in page(ada, "tie", tie.pk)
    assert f'<a href="{reverse("ties:tie", args=[tie.pk])}">' in ada.get(card).content.decode()
    cohort = factories.EnrolmentFactory(home=tie.home).cohort
    client.force_login(factories.member("facilitator", cohort=cohort))

    assert card not in page(client, "tie", tie.pk)


def test_the_story_keeps_the_capitals_of_what_a_tie_is_for(ada, tie, coordinator):
    services.set_purpose(partnership=tie, by=coordinator, purpose="Carols in December")

    assert "Songs on Fridays → Carols in December" in page(ada, "tie", tie.pk)
