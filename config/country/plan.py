"""What is asked for: how many rows, from which seed, up to which day."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

MOST: Final = {
    "homes": (1, 100_000),
    "assets": (0, 5_000_000),
    "connections": (0, 10_000_000),
    "seed": (0, 2**31 - 1),
}
"""The fewest and the most of each."""

LOG_DAYS: Final = 730
"""The log reaches back two years."""

FIRST_DAY: Final = dt.date(2000, 1, 1)


class PlanError(ValueError):
    """A number or a day out of range; its words say which."""


@dataclass(frozen=True)
class Plan:
    """A country to be made; the same plan makes the same rows.

    ``until`` is the last day of its log: dates are counted back from it.

    Raises:
        PlanError: a number or the day is out of range.
    """

    homes: int
    assets: int
    connections: int
    seed: int
    cohorts: int
    until: dt.date

    def __post_init__(self) -> None:
        for name, (fewest, most) in {**MOST, "cohorts": (0, self.homes)}.items():
            number = getattr(self, name)
            if not fewest <= number <= most:
                raise PlanError(
                    f"--{name} takes a number from {fewest:,} to {most:,}, not {number:,}."
                )
        if self.until < FIRST_DAY:
            raise PlanError(f"--until takes a day from {FIRST_DAY:%-d %B %Y} on.")

    @property
    def moment(self) -> str:
        """When every row says that it was entered, as PostgreSQL reads it."""
        return f"{self.until} 06:00:00+00"
