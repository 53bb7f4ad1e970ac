"""Numbers for the whole country, read from ``fixtures/safeguarding/national.json``."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FILE = Path(__file__).resolve().parents[3] / "fixtures" / "safeguarding" / "national.json"


@dataclass(frozen=True)
class Number:
    """Whom to call, and what for; without a phone number there is a page."""

    slug: str
    name: str
    about: str
    nation: str  # empty for all four
    phone: str
    web: str
    source: str

    @property
    def dial(self) -> str:
        """Return the digits alone, for a link."""
        return self.phone.replace(" ", "")


_READ = json.loads(_FILE.read_text(encoding="utf-8"))
REVIEWED_ON: Final = dt.date.fromisoformat(_READ["reviewed_on"])
NUMBERS: Final = tuple(Number(**row) for row in _READ["numbers"])
BY_SLUG: Final = {number.slug: number for number in NUMBERS}
EVERYWHERE: Final = tuple(n for n in NUMBERS if not n.nation and n.slug != "emergency")
INSPECTORS: Final = tuple(n for n in NUMBERS if n.nation)
