"""Writes with a rule: note what somebody checked, and take it back."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from assets.checking.errors import NotCheckedYetError, NothingTickedError, TooLateToUndoError
from assets.checking.marks import mark_of
from assets.checking.renewing import LATEST, renew
from assets.choices import CheckMethod, Fact
from assets.models import Asset, FactCheck

UNDO_FOR: Final = dt.timedelta(minutes=10)

# What the asset said at the end of a day: its row as it stood before the first change
# after it (config/recording.py), or as it stands now where nothing has changed since.
_MARKS: Final = f"""
SELECT f.fact, {mark_of("f.fact", row="a")},
       (SELECT {mark_of("f.fact", row="e")} FROM assets_assetevent e
         WHERE e.pgh_obj_id = a.id AND e.pgh_label = 'update' AND e.pgh_created_at >= %(after)s
         ORDER BY e.pgh_created_at, e.pgh_id LIMIT 1)
  FROM assets_asset a, unnest(%(facts)s::text[]) AS f(fact)
 WHERE a.id = %(asset)s
"""  # noqa: S608 - words of ours

_MADE: Final = """
SELECT e.pgh_obj_id FROM assets_factcheckevent e
 WHERE e.pgh_obj_id = ANY(%s) AND e.pgh_label = 'insert' AND e.pgh_created_at >= %s
"""


@transaction.atomic
def check_facts(
    *,
    by: Any,
    asset: Asset,
    facts: Iterable[Fact],
    how: CheckMethod,
    checked_on: dt.date | None = None,
) -> list[FactCheck]:
    """Note that ``by`` checked facts of an asset, all right as they stood on that day.

    Said twice, it is noted once. A check of the contact confirms the address as it
    stands, if it stood so on the day. Nothing else of the asset is touched.

    Raises:
        PermissionDenied: ``by`` may not correct this asset.
        NothingTickedError: no fact is named.
        NotCheckedYetError: the day lies ahead.
        ValidationError: there is no such fact, or no such way of checking.
    """
    if not by.has_perm("assets.edit", asset):
        words = "Your roles do not allow this: correct this place or group."
        raise PermissionDenied(words)
    return _note(by, asset, facts, how, checked_on)


@transaction.atomic
def partner_confirmed(
    *, asset: Asset, facts: Iterable[Fact], checked_on: dt.date
) -> list[FactCheck]:
    """Note what the place itself has said, by mail, is right; of whom is not kept.

    The caller knows that the answer came from the place.

    Raises:
        NothingTickedError, NotCheckedYetError, ValidationError: as in ``check_facts``.
    """
    return _note(None, asset, facts, CheckMethod.MAIL, checked_on)


@transaction.atomic
def undo_checks(*, by: Any, asset: Asset, checks: Collection[int]) -> int:
    """Take back checks that ``by`` made of an asset within ten minutes; return how many.

    Raises:
        PermissionDenied: ``by`` may not correct this asset.
        TooLateToUndoError: none of them is of ``by`` and of the last ten minutes.
    """
    if not by.has_perm("assets.edit", asset):
        words = "Your roles do not allow this: correct this place or group."
        raise PermissionDenied(words)
    asset = _held(asset.pk)
    with connection.cursor() as cursor:
        cursor.execute(_MADE, [list(checks), timezone.now() - UNDO_FOR])
        lately = [pk for (pk,) in cursor.fetchall()]
    gone = FactCheck.objects.filter(pk__in=lately, by=by, asset=asset)
    facts = set(gone.values_list("fact", flat=True))
    if not facts:
        raise TooLateToUndoError("Ten minutes have passed: check it again, or correct it.")
    number, _ = gone.delete()
    if Fact.CONTACT in facts and not _contact_counts(asset):
        Asset.objects.filter(pk=asset.pk).update(email_confirmed="")
    renew([asset.pk], today=timezone.localdate())
    return number


def _note(
    by: Any,
    asset: Asset,
    facts: Iterable[Fact],
    how: CheckMethod,
    checked_on: dt.date | None,
) -> list[FactCheck]:
    today = timezone.localdate()
    day = checked_on or today
    if day > today:
        raise NotCheckedYetError("Put the day on which you checked: today, or before.")
    wanted = list(dict.fromkeys(facts))
    if not wanted:
        raise NothingTickedError("Tick what you have checked.")
    if not set(wanted) <= set(Fact.values):
        raise ValidationError({"facts": "There is no such fact."})
    held = _held(asset.pk)
    marks = _marks_on(day, held, wanted)
    checks = [_once(by, held, fact, how, day, marks[fact][1]) for fact in wanted]
    if Fact.CONTACT in wanted and _stood(held, day, *marks[Fact.CONTACT]):
        Asset.objects.filter(pk=held.pk).update(email_confirmed=held.email)
        asset.email_confirmed = held.email
    renew([held.pk], today=today)
    asset.check_state = Asset.objects.values_list("check_state", flat=True).get(pk=held.pk)
    return checks


def _held(pk: int) -> Asset:
    """Hold the asset, or the one that it has become one with, for writing."""
    held = Asset.objects.select_for_update().get(pk=pk)
    return held if held.merged_into_id is None else _held(held.merged_into_id)


def _once(
    by: Any, asset: Asset, fact: Fact, how: CheckMethod, day: dt.date, mark: str
) -> FactCheck:
    """Keep a check, unless this person's latest one says the very same."""
    last = FactCheck.objects.filter(asset=asset, fact=fact).first()  # newest first
    same = (by.pk if by else None, how, day, mark)
    if last and (last.by_id, last.how, last.checked_on, last.fingerprint) == same:
        return last
    check = FactCheck(asset=asset, fact=fact, how=how, checked_on=day, by=by, fingerprint=mark)
    check.full_clean()
    check.save()
    return check


def _marks_on(day: dt.date, asset: Asset, facts: Iterable[Fact]) -> dict[str, tuple[str, str]]:
    """Return, by fact, the marks of what the asset says now, and of what it said that day."""
    after = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))
    values: dict[str, Any] = {
        "asset": asset.pk,
        "facts": [str(fact) for fact in facts],
        "after": after,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, values)
        return {fact: (now, then or now) for fact, now, then in cursor.fetchall()}


def _stood(asset: Asset, day: dt.date, now: str, then: str) -> bool:
    """Say whether what stands here now stood here on that day already."""
    return now == then and day >= timezone.localdate(asset.created_at)


def _contact_counts(asset: Asset) -> bool:
    which = LATEST.format(which="c.asset_id = %s AND c.fact = 'contact'")
    latest: Iterable[Any] = FactCheck.objects.raw(which, [asset.pk])
    return any(check.counts for check in latest)
