"""A time of day as people say it. Pure."""

_NOON = 12
_MIDNIGHT = 24


def clock(hours: int, minutes: int) -> str:
    """Say a time: "9am", "12.30pm", "noon"; 26:00 is "2am the next day"."""
    if minutes == 0 and hours == _NOON:
        return "noon"
    if minutes == 0 and hours in (0, _MIDNIGHT):
        return "midnight"
    next_day = " the next day" if hours >= _MIDNIGHT else ""
    hours %= _MIDNIGHT
    half = "am" if hours < _NOON else "pm"
    shown = hours % _NOON or _NOON
    return f"{shown}{f'.{minutes:02}' if minutes else ''}{half}{next_day}"
