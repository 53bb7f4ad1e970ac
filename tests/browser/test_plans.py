"""From a difference on the openness page to an action with a first step in 48 hours."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from fans.learning.models import Action, Plan
from fans.openness import services as openness
from fans.people import services
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def _differing_home(by):
    """A home whose closed wave shows that people who live there and staff differ on A3."""
    began = timezone.localdate() - dt.timedelta(days=58)
    enrolment = factories.EnrolmentFactory(home=by["home"], starts_on=began)
    wave = openness.plan_waves(enrolment=enrolment)[0]
    wave.closes_on = timezone.localdate()
    wave.save()
    for group, value in (("residents", 1), ("staff", 4)):
        for _ in range(3):
            openness.submit_assessment(
                wave=wave, group=group, answers={"A3": value}, by=by["person"]
            )
    wave.closes_on = timezone.localdate() - dt.timedelta(days=30)
    wave.save()
    openness.score_wave(wave=wave)


def test_a_difference_becomes_a_plan_with_a_first_step_in_48_hours(phone, sign_in, no_barriers):
    home = factories.HomeFactory()
    helen = factories.member("coordinator", home=home, name="Helen Barlow")
    services.confirm_address(person=helen)
    _differing_home({"home": home, "person": helen})
    sign_in(phone, helen)

    phone.goto(reverse("openness:home", args=[home.pk]))
    phone.get_by_role("link", name="Make a plan of it").click()
    expect(phone.get_by_label("What do you want to look at?")).to_have_value(
        "Welcome and ease of visiting: what lies behind it?"
    )
    no_barriers(phone)
    phone.get_by_role("button", name="Begin", exact=True).click()
    expect(phone.get_by_role("heading", name="2. What each group says")).to_be_visible()
    no_barriers(phone)

    phone.get_by_role("link", name="Relatives and friends").click()
    phone.get_by_label("What was said?").fill("We ring twice and wait.")
    phone.get_by_label("How many took part?").fill("4")
    no_barriers(phone)
    phone.get_by_role("button", name="Keep it").click()
    expect(phone.get_by_text("We ring twice and wait.")).to_be_visible()

    phone.get_by_role("link", name="See the groups side by side").click()
    expect(phone.get_by_text("People who live here say 1 of 4, staff say 4.")).to_be_visible()
    no_barriers(phone)
    phone.go_back()

    phone.get_by_role("link", name="Plan an action").click()
    phone.get_by_label("What will you do?").fill("A welcomer on Sundays")
    phone.get_by_label("What is the first step, within 48 hours?").fill("Ask at the meeting")
    phone.get_by_label("Who sees to it?").select_option(label="Helen Barlow")
    phone.get_by_label("How will you know that it worked?").fill("Nobody rings twice")
    no_barriers(phone)
    phone.get_by_role("button", name="Plan it").click()
    expect(phone.get_by_text("Planned. The first step is due by")).to_be_visible()
    action = Action.objects.get()
    assert action.plan == Plan.objects.get(links__sign="A3", home=home, links__action=None)
    assert action.first_due_at - action.planned_at == dt.timedelta(hours=48)

    phone.get_by_role("link", name="A welcomer on Sundays").click()
    no_barriers(phone)
    phone.get_by_role("button", name="The first step is taken").click()
    expect(phone.get_by_text("Taken on")).to_be_visible()
    assert Action.objects.get().first_done_at is not None
