"""Open now, opens tomorrow at ten, closed until April: on the clock of the United Kingdom."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, validate

from assets.hours.clock import clock
from assets.hours.holidays import Nation, bank_holidays, nation_of

LONDON: Final = ZoneInfo("Europe/London")
_AHEAD: Final = dt.timedelta(days=400)
_SOON: Final = dt.timedelta(days=14)
_WEEK: Final = 7
_SEASON: Final = 31  # days; a longer break is told by its month
_MOST_RULES: Final = 60
_ONLY_WORDS: Final = re.compile(r'(?:24/7 )?"[^"]*"')

_DAY: Final = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|SH)(?:\[[^\]]*\]|-(?:Mo|Tu|We|Th|Fr|Sa|Su))?"
_WITH_HOLIDAYS: Final = re.compile(
    rf"(?P<lead>^|;|\|\|) *(?P<days>(?:PH|{_DAY})(?:, ?(?:PH|{_DAY}))*) *(?P<rest>[^;|]*)"
)


@dataclass(frozen=True)
class Now:
    """How a place stands at a moment."""

    is_open: bool | None  # None: nobody can tell
    words: str
    for_now: bool = False  # closed for some days or weeks, beside its hours


@dataclass(frozen=True)
class Closure:
    """Closed for now: both days belong to it, None where there is no such day."""

    first: dt.date | None = None
    last: dt.date | None = None
    why: str = ""

    @property
    def is_told(self) -> bool:
        """Say whether there is one."""
        return self.first is not None or self.last is not None

    def holds(self, day: dt.date) -> bool:
        """Say whether it is closed on a day."""
        begun = self.first is None or self.first <= day
        return self.is_told and begun and (self.last is None or day <= self.last)


def standing_at(
    text: str, at: dt.datetime, *, closure: Closure | None = None, postcode: str = ""
) -> Now | None:
    """Say how a place stands at a moment; None where its hours say nothing.

    ``at``: aware. ``postcode``: whose bank holidays they are.
    """
    at = at.astimezone(LONDON)
    if closure is not None and closure.holds(at.date()):
        return Now(is_open=False, words=_closed_for_now(closure, at.date()), for_now=True)
    parsed = parse(text, at.year, nation_of(postcode))
    return _told(parsed, at) if parsed is not None else None


def soon_closed(closure: Closure, today: dt.date) -> str:
    """Say that it will be closed within two weeks, "" where it will not."""
    if closure.first is None or not today < closure.first <= today + _SOON:
        return ""
    until = f" to {_date(closure.last, today)}" if closure.last else ""
    words = f"Will be closed from {_date(closure.first, today)}{until}"
    return f"{words}: {closure.why}" if closure.why else words


@lru_cache(maxsize=4096)
def parse(text: str, year: int, nation: Nation) -> Any:
    """Return the library's reading of hours, or None; bank holidays as days of that nation.

    The library's own calendar of the country leaves out days that only some nations
    keep, New Year among them.
    """
    if not text.strip() or text.count(";") > _MOST_RULES:
        return None
    written = _with_holidays(text, year, nation)
    if validate(written):
        return OpeningHours(written, timezone=LONDON)
    return OpeningHours(text, timezone=LONDON, country="GB") if validate(text) else None


def _with_holidays(text: str, year: int, nation: Nation) -> str:
    """Write bank holidays as dates; rules that name none stay as they are."""
    if "PH" not in text:
        return text
    days = [day for y in (year, year + 1) for day in bank_holidays(y, nation)]
    dates = ",".join(f"{day.year} {day:%b} {day.day}" for day in days)

    def written(match: re.Match[str]) -> str:
        named = [part.strip() for part in match["days"].split(",")]
        if "PH" not in named:
            return match[0]
        others = ",".join(part for part in named if part != "PH")
        rest = match["rest"].strip()
        lead = f"{match['lead']} " if match["lead"] else ""
        on_others = f"{others} {rest}; " if others else ""
        return f"{lead}{on_others}{dates} {rest}"

    return _WITH_HOLIDAYS.sub(written, text)


def _told(hours: Any, at: dt.datetime) -> Now:
    spans = _spans(hours, at)
    _, end, state, comment = spans[0]
    beside = f" ({comment})" if comment else ""
    if state == State.OPEN and comment and _is_only_words(hours):
        return Now(is_open=None, words=comment[:1].upper() + comment[1:])
    if state == State.OPEN:
        if end is None or end - at > dt.timedelta(days=2):
            return Now(is_open=True, words=f"Open now{beside}")
        return Now(
            is_open=True, words=f"Open now, until {_clock(end)}{_which(end, at)}{beside}"
        )
    if state == State.UNKNOWN:
        said = f": {comment}" if comment else ""
        return Now(is_open=None, words=f"Ask whether it is open{said}")
    for start, _, later, _ in spans[1:]:
        if later == State.OPEN:
            return Now(is_open=False, words=_opens(start, at))
        if later == State.UNKNOWN:
            break
    return Now(is_open=False, words=f"Closed now{beside}")


def _is_only_words(hours: Any) -> bool:
    """Say whether there is nothing but a comment, such as "by appointment"."""
    return _ONLY_WORDS.fullmatch(str(hours)) is not None


def _spans(hours: Any, at: dt.datetime) -> list[tuple[Any, ...]]:
    """Return what follows from a moment on, up to the next time that it is open."""
    found: list[tuple[Any, ...]] = []
    for span in hours.intervals(at, at + _AHEAD):
        found.append(span)
        if len(found) > 1 and span[2] != State.CLOSED:
            break
    return found or [(at, None, State.CLOSED, "")]


def _opens(start: dt.datetime, at: dt.datetime) -> str:
    days = (start.date() - at.date()).days
    time = _clock(start)
    if days == 0:
        return f"Closed now, opens at {time}"
    if days == 1:
        return f"Closed now, opens at {time} tomorrow"
    if days < _WEEK:
        return f"Closed now, opens at {time} on {start:%A}"
    if days > _SEASON:
        year = f" {start.year}" if start.year != at.year and start.month >= at.month else ""
        return f"Closed until {start:%B}{year}"
    return f"Closed until {_date(start.date(), at.date())}"


def _closed_for_now(closure: Closure, today: dt.date) -> str:
    until = f"until {_date(closure.last, today)}" if closure.last else "for now"
    return f"Closed {until}: {closure.why}" if closure.why else f"Closed {until}"


def _which(end: dt.datetime, at: dt.datetime) -> str:
    midnight = end.hour == end.minute == 0
    if end.date() == at.date() or (midnight and (end.date() - at.date()).days == 1):
        return ""
    return " tomorrow"


def _clock(moment: dt.datetime) -> str:
    return clock(moment.hour, moment.minute)


def _date(day: dt.date, today: dt.date) -> str:
    far = abs((day - today).days) > 300
    return f"{day.day} {day:%B}{f' {day.year}' if far else ''}"
