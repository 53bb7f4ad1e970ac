"""A home's sheets: a code is made, ended, and within ten minutes brought back."""

import datetime as dt
import secrets
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fans.connections.quick.errors import TooLateToTakeBackError, TooManyCodesError
from fans.connections.quick.models import QuickCode
from fans.connections.services.locks import hold_log
from fans.people.models import Person, hash_of
from homes.models import Home

MANAGE: Final = "quick.manage"
MOST_LIVE: Final = 8
"""Sheets that hang at once in one home: more than that nobody takes down again."""


@transaction.atomic
def make_code(
    *, home: Home, by: Person, expires_on: dt.date, hangs_at: str = ""
) -> tuple[QuickCode, str]:
    """Make a code for one sheet; return it with its token, which is kept nowhere.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        TooManyCodesError: as many sheets hang already as a team can keep in sight.
        ValidationError: it would work for longer than a year, or not even today.
    """
    _check(by, home)
    hold_log(home)
    if home.quick_codes.live().count() >= MOST_LIVE:
        raise TooManyCodesError(
            f"{MOST_LIVE} sheets work already. End one that hangs nowhere any more."
        )
    token = secrets.token_urlsafe(32)
    code = QuickCode(
        home=home,
        token_hash=hash_of(token),
        hangs_at=hangs_at,
        made_by=by,
        expires_on=expires_on,
    )
    code.full_clean()
    code.save()
    return code, token


@transaction.atomic
def end_code(*, code: QuickCode, by: Person) -> QuickCode:
    """Let a sheet open nothing any more; doing it twice keeps who did it first.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
    """
    _check(by, code.home)
    held = QuickCode.objects.select_for_update().get(pk=code.pk)
    if held.revoked_at is None:
        held.revoked_at, held.revoked_by = timezone.now(), by
        held.save(update_fields=["revoked_at", "revoked_by"])
    return held


@transaction.atomic
def restore_code(*, code: QuickCode, by: Person) -> QuickCode:
    """Let a sheet work again that was ended by a slip, within ten minutes.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        TooLateToTakeBackError: more than ten minutes have passed.
    """
    _check(by, code.home)
    held = QuickCode.objects.select_for_update().get(pk=code.pk)
    if held.revoked_at is None:
        return held
    if not held.can_be_restored(timezone.now()):
        raise TooLateToTakeBackError(
            "The ten minutes to take this back are over. Make a new sheet."
        )
    held.revoked_at = held.revoked_by = None
    held.save(update_fields=["revoked_at", "revoked_by"])
    return held


def _check(by: Person, home: Home) -> None:
    if not by.has_perm(MANAGE, home):
        raise PermissionDenied("Your roles do not let you look after this home's sheets.")
