"""What a row of the log is checked for before it is kept."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone

from fans.connections.errors import (
    NotRegisteredError,
    PersonNumberError,
    StillToComeError,
    TooManyResidentsError,
    UnknownGiftError,
    UnknownStaffRoleError,
)
from fans.connections.models import HOME_ASSET_PREFIX, Connection, Gift, StaffRole
from homes.models import Home
from intake.free_text import Kind, doubts, is_nhs_number


class HomeFacts:
    """What rows of one home are checked against, read once for however many there are."""

    def __init__(self, home: Home) -> None:
        self._home = home

    @cached_property
    def registered(self) -> dict[str, Any]:
        """How many registrations there are, and the first and last day of them."""
        return self._home.registrations.aggregate(
            rows=Count("pk"),
            unknown_starts=Count("pk", filter=Q(from_on__isnull=True)),
            still_open=Count("pk", filter=Q(until__isnull=True)),
            first=Min("from_on"),
            last=Max("until"),
        )

    @cached_property
    def lives_here(self) -> int:
        """How many people can live there; 0 where nobody knows."""
        return max(_registered_beds(self._home), _latest_occupied(self._home))


def check_entry(entry: Connection, facts: HomeFacts | None = None) -> None:
    """Refuse a row that cannot be true, or says too much.

    Whoever checks many rows of one home gives its ``facts``, so that they are read once.

    Raises:
        ConnectionsError: one of its kinds, naming the field.
    """
    facts = facts or HomeFacts(entry.home)
    _check_days(entry)
    _check_registered(entry, facts)
    _check_gifts(entry)
    _check_staff_roles(entry.staff_roles)
    _check_residents(entry, facts)
    check_note(entry.note)


def _check_days(entry: Connection) -> None:
    today = timezone.localdate()
    for field in ("happened_on", "until_on"):
        day: dt.date | None = getattr(entry, field)
        if day is not None and day > today:
            raise StillToComeError(
                f"{day.day} {day:%B %Y} is still to come. Put a day up to today.", field=field
            )


def _check_registered(entry: Connection, facts: HomeFacts) -> None:
    """Refuse days before the first registration, or after the last has ended.

    A gap between two registrations of one house is paperwork: people lived there.
    """
    known = facts.registered
    began = known["unknown_starts"] or (known["rows"] and entry.happened_on >= known["first"])
    goes_on = known["still_open"] or (known["rows"] and entry.counted_day <= known["last"])
    if not (began and goes_on):
        day = entry.counted_day if began else entry.happened_on
        raise NotRegisteredError(
            f"{entry.home} was not registered as a care home on {day.day} {day:%B %Y}.",
            field="happened_on",
        )


def _check_gifts(entry: Connection) -> None:
    plain = set(Gift.values)
    for gift in entry.partner_gives:
        if gift not in plain:
            raise UnknownGiftError(f"They cannot give “{gift}”.", field="partner_gives")
    own = [gift for gift in entry.home_gives if gift not in plain]
    if own and not set(own) <= _listed(entry.home, entry.happened_on):
        raise UnknownGiftError(
            "One of the things you gave is not on the home's own list.", field="home_gives"
        )


def _listed(home: Home, day: dt.date) -> set[str]:
    """Return the home's own assets as ``home_gives`` names them, unless gone by ``day``."""
    rows = home.home_assets.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=day))
    return {f"{HOME_ASSET_PREFIX}{pk}" for pk in rows.values_list("pk", flat=True)}


def _check_staff_roles(roles: list[str]) -> None:
    unknown = [role for role in roles if role not in StaffRole.values]
    if unknown:
        raise UnknownStaffRoleError(
            f"“{unknown[0]}” is not in the list of staff roles.", field="staff_roles"
        )


def _check_residents(entry: Connection, facts: HomeFacts) -> None:
    """Compare with who can live there; over a period the same people may come again."""
    if not entry.residents_count or entry.occurrences > 1:
        return
    lives_here = facts.lives_here
    if 0 < lives_here < entry.residents_count:
        raise TooManyResidentsError(
            f"You have {lives_here} people living here. Put {lives_here} or fewer.",
            field="residents_count",
        )


def _registered_beds(home: Home) -> int:
    still_open = home.registrations.filter(until__isnull=True)
    return still_open.aggregate(beds=Sum("beds"))["beds"] or 0


def _latest_occupied(home: Home) -> int:
    latest = home.tallies.exclude(occupied_beds=None).order_by("-month").first()
    return (latest.occupied_beds or 0) if latest else 0


def check_note(note: str, *, field: str = "note") -> None:
    """Refuse a note with an NHS number in it: ten digits whose check digit fits.

    A form asks about less sure things, and lets them through; not this.

    Raises:
        PersonNumberError: it holds one.
    """
    ten_digits = (doubt.found for doubt in doubts(note) if doubt.kind is Kind.NHS_NUMBER)
    if any(is_nhs_number(found) for found in ten_digits):
        raise PersonNumberError(
            "This holds what looks like an NHS number. A note is for places and groups, "
            "never for anything that tells who somebody is.",
            field=field,
        )
