"""Answering by a code: in easy read on a tablet, without scripts on a phone, keyed in."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from fans.openness.models import Assessment
from fans.openness.respond.models import Draft
from fans.openness.respond.services.codes import make_code
from fans.openness.services import plan_waves
from fans.people import services
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

TABLET = {"width": 820, "height": 1100}
LEAST_TOUCH = 44


@pytest.fixture
def ada(home):
    ada = factories.member("coordinator", home=home, name="Ada")
    services.confirm_address(person=ada)
    return ada


@pytest.fixture
def wave(home):
    cache.clear()
    begun = timezone.localdate() - dt.timedelta(days=14)
    enrolment = factories.EnrolmentFactory(home=home, starts_on=begun)
    return plan_waves(enrolment=enrolment)[0]


def _fits(page: Page) -> None:
    """Nothing is wider than the screen, and every button is big enough for a finger."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{page.url} is {width} wide"
    for button in page.locator(".easy .btn:visible, .easy .opt:visible").all():
        box = button.bounding_box()
        assert box["height"] >= LEAST_TOUCH, button.inner_text()


def test_on_a_shared_tablet_in_easy_read_and_the_next_person_sees_nothing(
    open_browser, no_barriers, wave, ada
):
    code = make_code(wave=wave, group="residents", by=ada)
    tablet = open_browser(TABLET)

    tablet.goto(reverse("respond:enter", query={"language": "easy"}))
    no_barriers(tablet)
    tablet.get_by_label("Your code").fill(code.letters.lower())
    tablet.get_by_role("button", name="Go on").click()
    expect(tablet.get_by_role("heading", name="How do you want to answer?")).to_be_visible()
    assert code.letters not in tablet.url
    no_barriers(tablet)
    tablet.get_by_role("button", name="Start").click()

    expect(tablet.get_by_role("heading", name="Is it easy to visit here?")).to_be_visible()
    expect(tablet.get_by_text("1 of 7")).to_be_visible()
    no_barriers(tablet)
    _fits(tablet)
    tablet.get_by_text("Mostly yes. Someone says hello.").click()
    tablet.get_by_role("button", name="Next").click()
    expect(tablet.get_by_text("2 of 7")).to_be_visible()
    tablet.get_by_label("I do not know, or I do not want to say").check()
    tablet.get_by_role("button", name="Next").click()
    expect(tablet.get_by_text("3 of 7")).to_be_visible()
    tablet.get_by_role("button", name="Go back").click()
    expect(tablet.get_by_label("I do not know, or I do not want to say")).to_be_checked()

    tablet.goto(reverse("respond:check"))
    expect(tablet.get_by_text("Mostly yes. Someone says hello.")).to_be_visible()
    no_barriers(tablet)
    tablet.get_by_role("button", name="Send my answers").click()
    expect(tablet.get_by_role("heading", name="Thank you")).to_be_visible()
    sent = Assessment.objects.get()
    assert (sent.group, sent.language, sent.way) == ("residents", "easy", "tablet")
    assert [answer.value for answer in sent.answers.all()] == [3]

    tablet.go_back()
    expect(
        tablet.get_by_role("heading", name="There are no questions here now")
    ).to_be_visible()
    expect(tablet.get_by_text("Someone says hello")).to_have_count(0)


def test_without_scripts_on_a_phone_put_away_and_come_back_to(open_browser, wave, ada):
    code = make_code(wave=wave, group="relatives", by=ada)
    phone = open_browser({"width": 320, "height": 640}, java_script_enabled=False)

    phone.goto(reverse("respond:start", args=[code.letters]))
    phone.get_by_label("It is my own").check()
    phone.get_by_role("button", name="Start").click()
    expect(phone.get_by_text("1 of 7")).to_be_visible()
    phone.get_by_label("Visitors feel that they intrude.").check()
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text("2 of 7")).to_be_visible()
    phone.get_by_role("button", name="Stop").click()
    expect(phone.get_by_role("heading", name="Stop here?")).to_be_visible()
    letters = phone.locator(".code-letters").inner_text()
    phone.get_by_role("button", name="Save and come back").click()
    expect(phone.get_by_role("heading", name="How would you like to answer?")).to_be_visible()

    phone.get_by_role("link", name="I have begun before").click()
    phone.get_by_label("Your letters for coming back").fill(letters)
    phone.get_by_role("button", name="Carry on").click()
    expect(phone.get_by_text("2 of 7")).to_be_visible()
    assert Draft.objects.get().answers == {"A3": 1}


def test_the_idle_screen_asks_and_puts_the_answers_out_of_sight(open_browser, wave, ada):
    code = make_code(wave=wave, group="relatives", by=ada)
    tablet = open_browser(TABLET)
    tablet.clock.install()
    tablet.goto(reverse("respond:start", args=[code.letters]))
    tablet.get_by_role("button", name="Start").click()
    expect(tablet.get_by_text("1 of 7")).to_be_visible()

    tablet.clock.fast_forward("12:01")
    expect(tablet.get_by_role("heading", name="Are you still there?")).to_be_visible()
    tablet.get_by_role("button", name="Carry on").click()
    expect(tablet.get_by_role("heading", name="Are you still there?")).to_be_hidden()
    tablet.clock.fast_forward("12:01")
    expect(tablet.get_by_role("heading", name="Are you still there?")).to_be_visible()
    tablet.clock.fast_forward("02:01")

    expect(tablet.get_by_role("heading", name="How would you like to answer?")).to_be_visible()
    expect(tablet.get_by_text("A sheet has been begun on this device.")).to_have_count(0)
    assert Draft.objects.count() == 1


def test_sheets_of_paper_are_keyed_in_with_the_number_keys_alone(
    desktop, sign_in, no_barriers, wave, ada
):
    make_code(wave=wave, group="staff", by=ada)
    sign_in(desktop, ada)
    desktop.goto(reverse("respond:codes", args=[wave.pk]))
    no_barriers(desktop)
    desktop.goto(reverse("respond:key_in", args=[wave.pk], query={"group": "staff"}))
    no_barriers(desktop)
    desktop.get_by_label("When did they answer?").fill(timezone.localdate().isoformat())

    for sheet in (1, 2):
        desktop.locator("[data-key]").first.focus()
        desktop.keyboard.type("4-352124")
        with desktop.expect_navigation():
            desktop.keyboard.press("Enter")  # the button has the focus
        expect(desktop.get_by_text("Keyed in: a sheet with 7 answers.")).to_be_visible()
        assert Assessment.objects.count() == sheet

    with desktop.expect_navigation():
        desktop.get_by_role("button", name="Undo").click()
    expect(desktop.get_by_text("Taken back")).to_be_visible()
    kept = Assessment.objects.get()
    assert kept.talked_on == timezone.localdate()
    assert list(kept.answers.order_by("indicator__code").values_list("value", flat=True)) == [
        *(3, 2, 4, 1, 0, 1, 3)
    ]
