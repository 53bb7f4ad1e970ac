"""Ten minutes in which a close can be taken back, and what shows meanwhile."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from fans.openness.models import Wave
from fans.openness.models.wave import REOPEN_WITHIN
from fans.openness.replies.seeing import may_see_score
from fans.openness.reports import overview_of
from fans.openness.services import plan_waves, submit_assessment
from fans.openness.waves.services import close_wave
from tests import factories

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 10, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def manager():
    home = factories.HomeFactory(beds=40)
    return factories.member("manager", home=home)


@pytest.fixture
def closed(manager):
    """A wave with five answers of staff, which the manager has just closed."""
    home = manager.memberships.get().home
    enrolment = factories.EnrolmentFactory(home=home, starts_on=timezone.localdate())
    wave = plan_waves(enrolment=enrolment)[0]
    for _ in range(5):
        submit_assessment(wave=wave, group="staff", answers={"A3": 1}, by=None)
    close_wave(wave=wave, by=manager)
    return Wave.objects.get(pk=wave.pk)


def staff_shown(home, person):
    picture = overview_of(home, person=person).current
    return len(picture.evidence.assessed["A3"]["staff"])


def test_what_was_held_back_stays_so_until_the_close_stands(closed, manager, clock):
    """Close, look, open again, add one sheet, close, look: that would tell the sheet."""
    home = closed.enrolment.home
    assert not may_see_score(manager, closed)
    assert overview_of(home, person=manager).current.is_open
    assert staff_shown(home, manager) == 0

    clock.shift(REOPEN_WITHIN + dt.timedelta(seconds=1))
    assert may_see_score(manager, closed)
    assert not overview_of(home, person=manager).current.is_open
    assert staff_shown(home, manager) == 5


def test_a_wave_that_its_day_closed_shows_at_once(closed, manager):
    by_itself = Wave(**{f.attname: getattr(closed, f.attname) for f in Wave._meta.fields})
    by_itself.closed_by = None
    assert not by_itself.still_moves(timezone.now())
    assert may_see_score(manager, by_itself)


def test_the_page_says_when_its_figures_come(closed, manager, client):
    client.force_login(manager)
    page = client.get(reverse("openness:home", args=[closed.enrolment.home_id]))
    assert "has just been closed" in page.content.decode()
