"""What was begun and not sent goes in time, and so do marks of devices and codes."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.openness.models import Assessment
from fans.openness.respond.models import Draft, RespondCode
from fans.people.audit.erasing import erasing
from fans.people.privacy.retention import rule_named
from tests.fans.openness.respond.conftest import move_wave


def applied(slug):
    """How many rows the nightly job lets go of by a rule."""
    with erasing():
        return rule_named(slug).apply()


def days_ago(days):
    return timezone.now() - dt.timedelta(days=days)


def begin(wave, code, letter, touched_at):
    return Draft.objects.create(
        wave=wave, group="relatives", code=code, token_hash=letter * 64, touched_at=touched_at
    )


def test_a_sheet_that_nobody_touched_for_a_month_goes(wave, code):
    begin(wave, code, "a", days_ago(32))
    fresh = begin(wave, code, "b", days_ago(28))

    assert applied("answers_begun") == 1
    assert Draft.objects.get() == fresh


def test_the_mark_of_a_device_goes_and_the_answers_stay(wave):
    for days in (62, 58):
        sheet = wave.assessments.create(group="relatives", device="a" * 64)
        Assessment.objects.filter(pk=sheet.pk).update(submitted_at=days_ago(days))

    assert applied("answer_devices") == 1
    assert sorted(Assessment.objects.values_list("device", flat=True)) == ["", "a" * 64]


def test_a_code_goes_with_its_history_a_season_after_its_wave(wave, code, today):
    assert applied("answer_codes") == 0
    move_wave(wave, opens_on=today - dt.timedelta(130), closes_on=today - dt.timedelta(100))

    assert applied("answer_codes") == 1
    assert not RespondCode.objects.exists()
    assert not RespondCode.pgh_event_model.objects.exists()


@pytest.mark.parametrize("slug", ["answers_begun", "answer_devices", "answer_codes"])
def test_the_page_of_what_is_due_can_count_each(slug, wave, code):
    assert rule_named(slug).find().count == 0
