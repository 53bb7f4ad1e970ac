"""A facilitator adds a home, sees it on the board by keyboard and phone, and takes it out."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from fans.cohorts.models import Enrolment
from fans.openness.models import ContextEvent
from fans.people import services
from tests import factories
from tests.fans.openness.board.scene import answered_wave, wave_of

pytestmark = pytest.mark.django_db(transaction=True)


def _running_cohort():
    """A cohort with one home: month 0 is over and seen, month 3 is open."""
    today = timezone.localdate()
    part = factories.EnrolmentFactory(starts_on=today - dt.timedelta(days=90))
    answered_wave(part, 0, {"residents": 9, "relatives": 9, "staff": 9, "manager": 1})
    wave_of(part, 3, opens_in=-2, closes_in=20)
    ContextEvent.objects.create(home=part.home, kind="outbreak", from_on=today)
    return part.cohort


def test_a_cohort_is_run_on_a_phone_without_a_barrier(phone, sign_in, no_barriers):
    cohort = _running_cohort()
    home = factories.HomeFactory(name="Elm Bank")
    factories.RegistrationFactory(home=home, name="Elm Bank", beds=30)
    fay = factories.member("facilitator", cohort=cohort, name="Fay")
    services.confirm_address(person=fay)
    sign_in(phone, fay)

    phone.goto(reverse("board:list"))
    no_barriers(phone)
    phone.get_by_role("link", name="Open the board").click()
    expect(phone.get_by_role("heading", name="Waves to bring in")).to_be_visible()
    picture = phone.get_by_role("img", name="Larkfield House: its sides over the waves")
    expect(picture).to_be_visible()
    phone.get_by_text("The numbers").press("Enter")
    expect(phone.get_by_role("rowheader", name="Felt, of 100")).to_be_visible()
    no_barriers(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    phone.get_by_role("link", name="Who takes part").click()
    phone.get_by_role("link", name="Add a home").click()
    phone.get_by_label("Find the home").fill("elm")
    phone.get_by_role("button", name="Search").click()
    phone.get_by_role("radio", name="Elm Bank").check(force=True)
    no_barriers(phone)
    phone.get_by_label("The home’s manager has said yes").check()
    phone.get_by_role("button", name="Add the home").click()
    expect(phone.get_by_text("Elm Bank takes part, in place")).to_be_visible()
    no_barriers(phone)

    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_text("Elm Bank is taken out")).to_be_visible()
    assert not Enrolment.objects.filter(home=home).exists()
