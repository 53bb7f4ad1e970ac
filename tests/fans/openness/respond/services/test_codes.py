"""Codes of a wave: one a group, made, shown again, ended, brought back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fans.openness.respond.errors import (
    AnsweredSignedInError,
    CodeRefusedError,
    TooLateToTakeBackError,
)
from fans.openness.respond.models import RespondCode
from fans.openness.respond.services.codes import code_of, end_code, make_code, restore_code
from tests import factories
from tests.fans.openness.respond.conftest import move_wave

NEW_KEY = "another-key-" + "x" * 50


def why(typed):
    with pytest.raises(CodeRefusedError) as error:
        code_of(typed)
    return error.value.why


def _elsewhere():
    return factories.member("coordinator", home=factories.HomeFactory(), name="Eve")


def test_a_code_opens_its_groups_questions_however_it_is_typed(code):
    assert code_of(code.letters.lower()) == code


def test_a_group_has_one_code_and_keeps_it(code, wave, coordinator):
    assert make_code(wave=wave, group="relatives", by=coordinator) == code
    assert make_code(wave=wave, group="staff", by=coordinator).letters != code.letters


def test_the_database_holds_neither_the_code_nor_a_plain_hash_of_it(code):
    row = RespondCode.objects.filter(pk=code.pk).values().get()

    assert code.letters not in str(row)
    assert code.letters not in str(list(RespondCode.pgh_event_model.objects.values()))


@pytest.mark.parametrize("group", ["manager", "facilitator", "champion", "cooks", ""])
def test_those_in_office_have_no_code(wave, coordinator, group):
    with pytest.raises(AnsweredSignedInError):
        make_code(wave=wave, group=group, by=coordinator)


def test_the_team_and_the_facilitator_make_codes_and_nobody_else(
    wave, manager, facilitator, champion, researcher
):
    for person in (manager, facilitator):
        assert make_code(wave=wave, group="staff", by=person)
    for person in (champion, researcher, _elsewhere()):
        with pytest.raises(PermissionDenied):
            make_code(wave=wave, group="staff", by=person)


def test_an_ended_code_says_so_and_comes_back_within_ten_minutes(code, coordinator):
    end_code(code=code, by=coordinator)
    assert why(code.letters) == "ended"

    restore_code(code=code, by=coordinator)
    assert code_of(code.letters) == code


def test_an_ended_code_stays_ended_after_ten_minutes(code, coordinator):
    end_code(code=code, by=coordinator)
    RespondCode.objects.update(ended_at=timezone.now() - dt.timedelta(minutes=11))
    code.refresh_from_db()

    with pytest.raises(TooLateToTakeBackError):
        restore_code(code=code, by=coordinator)


def test_an_ended_code_does_not_come_back_beside_a_new_one(code, wave, coordinator):
    end_code(code=code, by=coordinator)
    make_code(wave=wave, group="relatives", by=coordinator)

    with pytest.raises(TooLateToTakeBackError):
        restore_code(code=code, by=coordinator)


def test_a_wrong_letter_is_a_slip_and_a_made_up_code_is_unknown(code):
    other = factories.RespondCodeFactory.build(wave=code.wave).letters

    assert why(code.letters[:-1]) == "typo"
    assert why(other) == "unknown"


def test_a_code_works_while_the_wave_is_open_and_four_weeks_longer(code, wave, today):
    day = dt.timedelta(days=1)
    move_wave(wave, opens_on=today + day, closes_on=today + 9 * day)
    assert why(code.letters) == "early"
    move_wave(wave, opens_on=today - 40 * day, closes_on=today - 28 * day)
    assert code_of(code.letters) == code
    move_wave(wave, opens_on=today - 40 * day, closes_on=today - 29 * day)
    assert why(code.letters) == "over"


def test_no_code_is_made_for_a_wave_that_is_over(wave, coordinator, today):
    long_ago = today - dt.timedelta(days=100)
    move_wave(wave, opens_on=long_ago, closes_on=long_ago)

    with pytest.raises(CodeRefusedError):
        make_code(wave=wave, group="staff", by=coordinator)


def test_a_code_outlives_a_change_of_the_secret_key_that_is_announced(code, settings):
    letters = code.letters
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = NEW_KEY

    assert code_of(letters) == code
    assert RespondCode.objects.get().letters == letters


def test_after_an_unannounced_change_a_new_code_takes_the_place_of_the_old(
    code, wave, coordinator, settings
):
    settings.SECRET_KEY = NEW_KEY
    old = RespondCode.objects.get()

    new = make_code(wave=wave, group="relatives", by=coordinator)

    assert old.letters == ""
    assert new != old
    assert code_of(new.letters) == new
