"""Opening hours said in words, one phrase a rule; what is not understood stays as written.

Source of the syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

import re
from typing import Final

from assets.hours.clock import clock

_DAYS: Final = {
    "Mo": "Monday",
    "Tu": "Tuesday",
    "We": "Wednesday",
    "Th": "Thursday",
    "Fr": "Friday",
    "Sa": "Saturday",
    "Su": "Sunday",
    "PH": "bank holidays",
    "SH": "school holidays",
}
_MONTHS: Final = {
    "Jan": "January",
    "Feb": "February",
    "Mar": "March",
    "Apr": "April",
    "May": "May",
    "Jun": "June",
    "Jul": "July",
    "Aug": "August",
    "Sep": "September",
    "Oct": "October",
    "Nov": "November",
    "Dec": "December",
}
_NTH: Final = {
    "1": "first",
    "2": "second",
    "3": "third",
    "4": "fourth",
    "5": "fifth",
    "-1": "last",
    "-2": "last but one",
}
_SUN: Final = ("sunrise", "sunset", "dawn", "dusk")

_DAY: Final = "|".join(_DAYS)
_MONTH: Final = "|".join(_MONTHS)
_NUMBERS: Final = r"-?[1-5](?:[-,]-?[1-5])*"
_ONE_DAY: Final = rf"(?:{_DAY})(?:\[{_NUMBERS}\]|-(?:{_DAY}))?"
_ONE_DATE: Final = rf"(?:(?:20\d\d) )?(?:{_MONTH})(?: \d\d?)?"
_DATES: Final = rf"{_ONE_DATE}(?:-(?:{_ONE_DATE}|\d\d?))?"
_MOMENT: Final = rf"(?:\d\d?:\d\d|{'|'.join(_SUN)})"
_SPAN: Final = rf"{_MOMENT}(?:-{_MOMENT}\+?|\+)"
_RULE: Final = re.compile(
    rf"(?P<dates>{_DATES}(?:, ?{_DATES})*)?:? ?"
    rf"(?P<days>{_ONE_DAY}(?:, ?{_ONE_DAY})*)?:? ?"
    rf"(?P<times>24/7|{_SPAN}(?:, ?{_SPAN})*)? ?"
    r"(?P<how>off|closed|open|unknown)? ?"
    r'(?:"(?P<comment>[^"]*)")?'
)
# A rule ends at a semicolon, at ||, or at a comma before another rule's days or months.
_ENDS: Final = re.compile(
    rf';|(?P<otherwise>\|\|)|(?<=\d|f|"|\+), (?=(?:{_DAY}|{_MONTH})\b)|(?<=off),(?=(?:{_DAY}))'
)
_QUOTED: Final = re.compile(r'"[^"]*"')


def hours_in_words(text: str) -> list[str]:
    """Return one phrase a rule; a rule that is not understood stays as it was written."""
    phrases = []
    for rule, otherwise in _rules(text):
        said = _phrase(rule) or rule
        phrases.append(f"Otherwise: {_small(said)}" if otherwise else said)
    return phrases


def _rules(text: str) -> list[tuple[str, bool]]:
    """Return the rules, each with whether it holds only where no other does."""
    hidden = _QUOTED.sub(lambda match: '"' + "_" * (len(match[0]) - 2) + '"', text)
    found, start, otherwise = [], 0, False
    for end in _ENDS.finditer(hidden):
        found.append((text[start : end.start()].strip(), otherwise))
        start, otherwise = end.end(), end["otherwise"] is not None
    found.append((text[start:].strip(), otherwise))
    return [(rule, otherwise) for rule, otherwise in found if rule]


def _phrase(rule: str) -> str:
    match = _RULE.fullmatch(rule)
    if match is None or not rule:
        return ""
    dates, days, times, how, comment = match.group("dates", "days", "times", "how", "comment")
    when = _day_words(days) if days else ""
    season = _dates_words(dates) if dates else ""
    if how in ("off", "closed"):
        said = _joined(season, f"{when}, {_times(times)}" if when and times else when)
        said = f"{said}: closed" if said else "Closed"
    else:
        said = _open(season, when, times or "", bare=bool(comment or how))
        if how == "unknown":
            said = f"{said}: ask first" if said else "Ask whether it is open"
    if comment:
        said = f"{said} ({comment})" if said else comment
    return said[:1].upper() + said[1:]


def _open(season: str, when: str, times: str, *, bare: bool) -> str:
    if times == "24/7":
        return _joined(season, when or "always open")
    if times:
        return _joined(season, f"{when or 'every day'}, {_times(times)}")
    if when:
        return _joined(season, when if bare else f"{when}, all day")
    return season if bare else f"{season}: open" if season else ""


def _joined(season: str, when: str) -> str:
    return f"{season}: {when}" if season and when else season or when


def _listed(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + (" and " if parts[:-1] else "") + parts[-1]


def _day_words(text: str) -> str:
    return _listed([_one_day(part) for part in re.findall(_ONE_DAY, text)])


def _one_day(text: str) -> str:
    name, bracket, numbers = text.partition("[")
    if bracket:
        nth = _nth(numbers.rstrip("]"))
        return f"{nth} {_DAYS[name]} of the month"
    return " to ".join(_DAYS[day] for day in text.split("-"))


def _nth(text: str) -> str:
    found: list[str] = []
    for number in re.findall(r"(?<![0-9])-?\d(?:-\d)?", text):
        first, dash, last = number.partition("-") if number[0] != "-" else (number, "", "")
        words = [first] if not dash else [str(n) for n in range(int(first), int(last) + 1)]
        found += [_NTH.get(word, f"{word}th") for word in words]
    return f"the {_listed(found)}" if found else text


def _dates_words(text: str) -> str:
    return _listed([_range(part) for part in re.findall(_DATES, text)])


def _range(text: str) -> str:
    first, dash, last = text.partition("-")
    if not dash:
        return _date(first)
    if last.isdigit():  # Dec 24-26
        return (
            f"{_date(first).split(' ')[0]} to {_date(first[: first.rindex(' ')] + ' ' + last)}"
        )
    return f"{_date(first)} to {_date(last)}"


def _date(text: str) -> str:
    parts = text.split()
    year = parts.pop(0) if parts[0].isdigit() else ""
    month, day = _MONTHS[parts[0]], parts[1].lstrip("0") if len(parts) > 1 else ""
    return " ".join(part for part in (day, month, year) if part)


def _times(text: str) -> str:
    return "all day" if text == "24/7" else _listed([_span(one) for one in text.split(",")])


def _span(text: str) -> str:
    text = text.strip()
    if "-" not in text:
        return f"from {_moment(text.rstrip('+'))}"
    first, last = text.rstrip("+").split("-")
    later = " or later" if text.endswith("+") else ""
    if (first, last) == ("00:00", "24:00"):
        return "all day"
    return f"{_moment(first)} to {_moment(last)}{later}"


def _moment(text: str) -> str:
    if text in _SUN:
        return text
    hours, minutes = text.split(":")
    return clock(int(hours), int(minutes))


def _small(text: str) -> str:
    known = (*_DAYS.values(), *_MONTHS.values())
    return text if text.startswith(known) else text[:1].lower() + text[1:]
