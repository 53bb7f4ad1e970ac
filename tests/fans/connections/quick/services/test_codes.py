"""Sheets: made, ended, brought back; their codes are known to nobody else."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from fans.connections.quick.errors import TooLateToTakeBackError, TooManyCodesError
from fans.connections.quick.models import QuickCode
from fans.connections.quick.services.codes import MOST_LIVE, end_code, make_code, restore_code
from fans.connections.quick.services.noting import find_code
from tests.factories import HomeFactory

pytestmark = pytest.mark.django_db


def test_a_token_opens_its_sheet_and_stands_nowhere_in_the_row(code, token):
    assert find_code(token) == code
    assert token not in str(QuickCode.objects.filter(pk=code.pk).values().get())


@pytest.mark.parametrize("wrong", ["", "x", "ü" * 43, "../etc", "A" * 5000])
def test_what_is_no_token_opens_nothing(code, wrong):
    assert find_code(wrong) is None


def test_a_sheet_opens_nothing_after_its_last_day(code, token):
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        assert find_code(token) is None


def test_a_sheet_that_was_ended_opens_nothing(code, token, coordinator, manager):
    end_code(code=code, by=coordinator)
    ended = end_code(code=code, by=manager)

    assert find_code(token) is None
    assert ended.revoked_by == coordinator


def test_a_slip_is_taken_back_within_ten_minutes(code, token, coordinator):
    end_code(code=code, by=coordinator)
    restore_code(code=code, by=coordinator)

    assert find_code(token) == code


def test_and_not_later(code, token, coordinator):
    end_code(code=code, by=coordinator)

    with (
        time_machine.travel(timezone.now() + dt.timedelta(minutes=11)),
        pytest.raises(TooLateToTakeBackError),
    ):
        restore_code(code=code, by=coordinator)
    assert find_code(token) is None


def test_a_sheet_works_a_year_at_most(home, coordinator, today):
    with pytest.raises(ValidationError):
        make_code(home=home, by=coordinator, expires_on=today + dt.timedelta(days=400))


def test_only_so_many_sheets_hang_at_once(home, coordinator, today):
    for _ in range(MOST_LIVE):
        last, _ = make_code(home=home, by=coordinator, expires_on=today)

    with pytest.raises(TooManyCodesError):
        make_code(home=home, by=coordinator, expires_on=today)
    end_code(code=last, by=coordinator)
    assert make_code(home=home, by=coordinator, expires_on=today)


@pytest.mark.parametrize("who", ["champion", "facilitator", "stranger", "administrator"])
def test_nobody_but_the_home_s_team_makes_or_ends_one(request, who, code, today):
    other = request.getfixturevalue(who)

    for act in (
        lambda: make_code(home=code.home, by=other, expires_on=today),
        lambda: end_code(code=code, by=other),
        lambda: restore_code(code=code, by=other),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_team_has_no_say_in_another_home_s_sheets(coordinator, today):
    with pytest.raises(PermissionDenied):
        make_code(home=HomeFactory(name="Elmbank"), by=coordinator, expires_on=today)
