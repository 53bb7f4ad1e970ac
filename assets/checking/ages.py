"""How long ago, as people say it. Pure."""

from datetime import date


def since_words(day: date, today: date) -> str:
    """Say how long ago a day was: "yesterday", "3 weeks ago", "in February"."""
    days = (today - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 14:
        return f"{days} days ago"
    if days < 63:
        return f"{days // 7} weeks ago"
    if days < 335:
        return f"in {day:%B}"
    if days < 700:
        return f"in {day:%B %Y}"
    return f"{round(days / 365.25)} years ago"


def span_words(day: date, today: date) -> str:
    """Say how long it has been: "5 days", "3 weeks", "8 months", "2 years"."""
    days = max(0, (today - day).days)
    for size, name in ((365.25, "year"), (30.44, "month"), (7, "week")):
        if days >= 2 * size:
            return f"{int(days / size)} {name}s"
    return f"{days} day{'' if days == 1 else 's'}"
