"""How a wave's life is told in a sentence."""

import datetime as dt

from django.utils import timezone

from fans.openness.models import Wave, WaveState
from fans.people.models import Person


def day_words(day: dt.date) -> str:
    """Write a day as it is said, such as 22 November 2026."""
    return f"{day:%-d %B %Y}"


def moment_words(at: dt.datetime) -> str:
    """Write a moment by London's clock, such as 22 November 2026 at 14:05."""
    local = timezone.localtime(at)
    return f"{local:%-d %B %Y} at {local:%H:%M}"


def window_words(wave: Wave) -> str:
    """Write the days of a wave's window."""
    return f"{day_words(wave.opens_on)} to {day_words(wave.closes_on)}"


def closed_words(wave: Wave) -> str:
    """Say who closed a wave and when, or that its last day has passed."""
    if wave.closed_at is None:
        return f"Month {wave.month} ended on {day_words(wave.closes_on)}."
    when = moment_words(wave.closed_at)
    if wave.closed_by is None:
        return f"Month {wave.month} closed by itself after its last day, on {when}."
    return f"{_called(wave.closed_by)} closed month {wave.month} on {when}."


def open_words(wave: Wave) -> str:
    """Say since when a wave is open, and who opened it if somebody did."""
    if wave.opened_by is None:
        return f"Month {wave.month} is open since {day_words(wave.opens_on)}."
    return f"{_called(wave.opened_by)} opened month {wave.month} on {day_words(wave.opens_on)}."


def state_words(wave: Wave, today: dt.date) -> str:
    """Say where a wave is in its life."""
    state = wave.state_on(today)
    if state == WaveState.PLANNED:
        return f"Month {wave.month} is planned: it opens on {day_words(wave.opens_on)}."
    if state == WaveState.OPEN:
        return f"{open_words(wave)} It closes at the end of {day_words(wave.closes_on)}."
    return closed_words(wave)


def _called(person: Person) -> str:
    return person.name or "Somebody"
