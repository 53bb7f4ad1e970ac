"""What volunteers choose from, read from ``fixtures/volunteering``; times of the week."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "volunteering"


def read_list(name: str) -> dict[str, Any]:
    """Return one file of ``fixtures/volunteering``."""
    content: dict[str, Any] = json.loads((_FOLDER / name).read_text(encoding="utf-8"))
    return content


@dataclass(frozen=True)
class Interest:
    """Something a volunteer would enjoy, and the kinds of place that share it."""

    slug: str
    label: str
    categories: tuple[str, ...]


INTERESTS: Final = {
    row["slug"]: Interest(row["slug"], row["label"], tuple(row["categories"]))
    for row in read_list("interests.json")["interests"]
}
LANGUAGES: Final[dict[str, str]] = {
    row["code"]: row["label"] for row in read_list("languages.json")["languages"]
}

DAYS: Final = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
PARTS_OF_DAY: Final = {"am": "Morning", "pm": "Afternoon", "eve": "Evening"}
TIMES: Final = {
    f"{day}-{part}": f"{day_label} {part_label.lower()}"
    for day, day_label in DAYS.items()
    for part, part_label in PARTS_OF_DAY.items()
}
"""Parts of the week, such as ``tue-am``: Tuesday morning."""
