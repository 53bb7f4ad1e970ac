"""The days that a home's look-back at month 0 asks about."""

import datetime as dt

from django.db.models import Sum
from django.utils import timezone

from fans.connections.steps.look_back import LookBack
from fans.openness.from_log import instrument_of
from fans.openness.models import Wave
from homes.models import Home


def look_back_of(home: Home) -> LookBack | None:
    """Return the days that the home's latest month 0 asks about; None before it begins."""
    waves = Wave.objects.filter(enrolment__home=home, month=0)
    wave = waves.select_related("instrument").order_by("-opens_on").first()
    if wave is None or wave.opens_on > timezone.localdate():
        return None
    return days_of(wave, home)


def days_of(wave: Wave, home: Home) -> LookBack:
    """Return the days that a wave asks about, up to today while it is open.

    Its whole window: longer for a small home.
    """
    today = timezone.localdate()
    last = min(wave.look_back_until or wave.closes_on, today)
    days = instrument_of(wave.instrument).window.days_for(_occupied_beds(home, last))
    first = last - dt.timedelta(days=days - 1)
    return LookBack(first, last, is_open=wave.is_open_on(today))


def _occupied_beds(home: Home, last: dt.date) -> int | None:
    """Return how many live there: the latest count, else what the register says."""
    counted = home.tallies.filter(month__lte=last).exclude(occupied_beds=None)
    tally = counted.order_by("-month").first()
    if tally is not None:
        return tally.occupied_beds
    registered = home.registrations.filter(until__isnull=True)
    beds: int | None = registered.aggregate(beds=Sum("beds"))["beds"]
    return beds
