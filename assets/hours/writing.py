"""Hours as people type them, written in OpenStreetMap's syntax, or why they cannot be."""

import re
from typing import Final

from opening_hours import validate

EXAMPLE: Final = "Mo-Fr 09:00-17:00; Sa 10:00-13:00; PH off"

_LONG: Final = (
    ("Mo", "mondays?|mon"),
    ("Tu", "tuesdays?|tues|tue"),
    ("We", "wednesdays?|weds|wed"),
    ("Th", "thursdays?|thurs|thur|thu"),
    ("Fr", "fridays?|fri"),
    ("Sa", "saturdays?|sat"),
    ("Su", "sundays?|sun"),
    ("PH", r"(?:public|bank) holidays?"),
    ("Mo-Fr", "weekdays"),
    ("Sa,Su", "weekends?"),
    ("Mo-Su", "daily|every ?day"),
    ("off", "closed"),
)
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_TIME: Final = re.compile(
    r"(?<![\d:])(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))? ?(?P<half>am|pm)?(?![\d:])", re.IGNORECASE
)
_TO: Final = re.compile(r" *(?:-|–|—|\bto\b|\buntil\b|\btill?\b) *", re.IGNORECASE)
_QUOTED: Final = re.compile(r'("[^"]*")')


class HoursError(ValueError):
    """What was typed cannot be read; the words say how to put it."""


def write_hours(text: str) -> str:
    """Return hours in OpenStreetMap's syntax: as typed, or put right where it is plain.

    "Monday to Friday 9am to 5pm" becomes "Mo-Fr 09:00-17:00".

    Raises:
        HoursError: it cannot be read.
    """
    text = " ".join(text.split())
    if not text or validate(text):
        return text
    mended = _mended(text)
    if validate(mended):
        return mended
    raise HoursError(_why(text))


def _mended(text: str) -> str:
    return "".join(
        part if part.startswith('"') else _mended_part(part) for part in _QUOTED.split(text)
    ).strip()


def _mended_part(text: str) -> str:
    text = _TO.sub("-", text.replace(" and ", ",").replace(" & ", ","))
    for short, names in _LONG:
        text = re.sub(rf"\b(?:{names})\b", short, text, flags=re.IGNORECASE)
    for month in _MONTHS:
        text = re.sub(rf"\b{month}[a-z]*\b", month.capitalize(), text, flags=re.IGNORECASE)
    text = re.sub(r"\b(noon|midday)\b", "12:00", text, flags=re.IGNORECASE)
    text = re.sub(r"-midnight\b", "-24:00", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=[a-z])[:,]? +(?=\d)", " ", text)
    text = re.sub(r"(?<=\d|m), *(?=(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b)", "; ", text)
    return _TIME.sub(_time, text)


def _time(match: re.Match[str]) -> str:
    hours, minutes, half = int(match["h"]), match["m"], (match["half"] or "").lower()
    before = match.string[: match.start()].rstrip()
    if not half and minutes is None:
        return match[0]  # a bare number may be a day of a month: nothing is guessed
    if half == "pm" and hours < 12:
        hours += 12
    if half == "am" and hours == 12:
        hours = 0
    gap = "" if not before or match.string[match.start() - 1] in " -,;" else " "
    return f"{gap}{hours:02}:{minutes or '00'}"


def _why(text: str) -> str:
    if re.search(r"\d", text) is None:
        return f'Put days and times, such as {EXAMPLE}, or words in quotes: "by appointment".'
    return f"Put days and times like this: {EXAMPLE}."
