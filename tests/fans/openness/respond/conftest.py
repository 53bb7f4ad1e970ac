"""An open wave of Larkfield House, its relatives' code, and a browser that answers."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fans.openness.respond.services.codes import make_code
from fans.openness.services import plan_waves
from tests import factories


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def wave(home, today):
    """Month 0, open for a fortnight and for a fortnight more."""
    begun = today - dt.timedelta(days=14)
    cohort = factories.CohortFactory()
    enrolment = factories.EnrolmentFactory(home=home, cohort=cohort, starts_on=begun)
    return plan_waves(enrolment=enrolment)[0]


@pytest.fixture
def facilitator(wave):
    """Fay facilitates the wave's cohort."""
    return factories.member("facilitator", cohort=wave.enrolment.cohort, name="Fay")


@pytest.fixture
def code(wave, coordinator):
    return make_code(wave=wave, group="relatives", by=coordinator)


@pytest.fixture
def began(code):
    """Begin a sheet in a browser of its own; return the browser."""

    def begin(of=code, browser=None, **chosen):
        browser = browser or Client()
        browser.get(reverse("respond:start", args=[of.letters]))
        choices = {"language": "en", "letters": "usual", "device": "shared"} | chosen
        response = browser.post(reverse("respond:begin"), choices)
        assert response.status_code == 302
        return browser

    return begin


@pytest.fixture
def send(began):
    """Answer the first question by a code, skip the rest, and send."""

    def sent(browser=None, value="3", **chosen):
        browser = began(browser=browser, **chosen)
        browser.post(reverse("respond:question", args=[1]), {"answer": value})
        browser.post(reverse("respond:check"))
        return browser

    return sent


def move_wave(wave, *, opens_on, closes_on):
    """Put a wave elsewhere in time."""
    type(wave).objects.filter(pk=wave.pk).update(opens_on=opens_on, closes_on=closes_on)
    wave.refresh_from_db()
