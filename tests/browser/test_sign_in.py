"""Coming in: one press in the demo, by code and by password, by keyboard and on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fans.people import demo, services
from fans.people.models import Person
from fans.people.post.models import Mail, State
from tests import factories
from tests.factories import PASSWORD


@pytest.fixture
def grace(transactional_db, settings, tmp_path) -> Person:
    """Grace is one of the demo's people."""
    settings.STATE_DIR = tmp_path
    settings.EMAIL_BACKEND = "fans.people.post.backend.QueueBackend"
    person = factories.member("coordinator", home=factories.HomeFactory(), name="Grace Adeyemi")
    Person.objects.filter(pk=person.pk).update(is_demo=True, email="grace@example.org")
    services.open_account(email="grace@example.org")
    demo.write_passwords({"grace@example.org": PASSWORD})
    return person


@pytest.fixture
def strict(phone):
    """A phone that remembers what the content policy stopped."""
    phone.stopped = []
    phone.on(
        "console",
        lambda said: phone.stopped.append(said.text) if "Content Security" in said.text else 0,
    )
    return phone


def test_a_newcomer_is_in_with_one_press(strict, grace, no_barriers):
    strict.goto(reverse("account_login"))
    no_barriers(strict)

    strict.get_by_role("button", name=re.compile("Grace Adeyemi, activity coordinator")).click()

    strict.wait_for_url("**/today/")
    expect(strict.get_by_text("Every home, place and person here is made up")).to_be_visible()
    assert strict.stopped == strict.errors == []


def test_a_code_from_the_outbox_lets_somebody_in_by_keyboard(strict, grace, no_barriers):
    strict.goto(reverse("account_login"))
    strict.get_by_label("Your e-mail").first.fill("grace@example.org")
    strict.keyboard.press("Enter")
    expect(strict.get_by_role("heading", name="Enter your code")).to_be_visible()
    no_barriers(strict)
    code = re.search(r"^\s+(\S+)$", Mail.objects.get().body, re.MULTILINE)[1]

    strict.get_by_label("Code").fill(code)
    strict.keyboard.press("Enter")

    strict.wait_for_url("**/today/")


def test_the_mail_and_the_table_are_read_on_a_phone(strict, grace, no_barriers):
    Mail.objects.create(to="a@example.org", subject="Your code", body="XYZ", state=State.KEPT)

    for address in (reverse("people:outbox"), reverse("people:table")):
        strict.goto(address)
        no_barriers(strict)
        width = strict.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, address
    assert strict.stopped == []


def test_the_page_of_the_api_works_under_the_sites_own_policy(strict, transactional_db):
    strict.goto(reverse("api:docs"))

    expect(strict.get_by_text("Care Home Friends and Neighbours").first).to_be_visible()
    expect(strict.get_by_text("/api/v1/assets/", exact=False).first).to_be_visible()
    assert strict.stopped == strict.refused == []
