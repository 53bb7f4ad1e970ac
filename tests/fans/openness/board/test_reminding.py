"""A facilitator has a home's team reminded: who did it and when stands on the board."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from fans.openness.waves.models import Asking
from tests.fans.openness.board.scene import wave_of
from tests.fans.openness.board.test_board import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_other_mail(monkeypatch):
    """The work list's weekly mail has gone, or is not due: it has tests of its own."""
    monkeypatch.setattr("fans.connections.nudges.services.taking.due_for", lambda *_: None)


@pytest.fixture
def fay(client, facilitator):
    client.force_login(facilitator)
    return client


@pytest.fixture
def wave(cohort):
    return wave_of(cohort.enrolments.get(), 0, opens_in=-2, closes_in=20)


def test_the_team_is_mailed_and_the_board_says_so(fay, wave, manager, coordinator):
    board = f"/cohorts/{wave.enrolment.cohort_id}/board/"
    assert f'action="/waves/{wave.pk}/remind/"' in fay.get(board).content.decode()

    assert f'name="next" value="{board}"' in fay.get(board).content.decode()

    page = fay.post(f"/waves/{wave.pk}/remind/", {"next": board}, follow=True)

    assert page.redirect_chain == [(board, 302)]
    assert "2 people of the home’s team will get a mail." in text_of(page)
    assert {letter.to[0] for letter in mail.outbox} == {manager.email, coordinator.email}
    words = text_of(page)
    assert f"Reminded 2 people on {timezone.localdate():%-d %B %Y}" in words
    assert "by Fay" in words
    assert f'action="/waves/{wave.pk}/remind/"' not in page.content.decode()


def test_after_five_days_the_button_is_back(fay, wave, manager):
    fay.post(f"/waves/{wave.pk}/remind/")
    Asking.objects.update(at=timezone.now() - dt.timedelta(days=5, minutes=1))

    page = fay.get(f"/cohorts/{wave.enrolment.cohort_id}/board/")

    assert f'action="/waves/{wave.pk}/remind/"' in page.content.decode()
