"""The country's log: what happened in each tie, row by row."""

import math
from collections.abc import Iterator
from typing import Any, Final

from config.country.copying import NULL
from config.country.dice import dice, pick, slots
from config.country.homes import HomeMaker
from config.country.plan import Plan
from config.country.ties import Tie, TieMaker

COLUMNS: Final = (
    *("partnership", "home", "happened_on", "until_on", "occurrences", "direction"),
    *("type", "origin", "residents_count", "community_count", "children_count"),
    *("home_gives", "partner_gives", "paid", "staff_roles", "rating", "source", "logged_at"),
)

_WITHOUT_LOG: Final = 0.08
_DIRECTIONS: Final = slots([("in", 58), ("out", 30), ("online", 6), ("letter", 6)])
_ORIGINS: Final = slots(
    [
        *(("resident", 22), ("relative", 8), ("staff", 28)),
        *(("partner", 16), ("champion", 12), ("", 14)),
    ]
)
_RATINGS: Final = slots([(1, 2), (2, 6), (3, 22), (4, 34), (5, 20), (NULL, 16)])
_SOURCES: Final = slots([("log", 92), ("import", 8)])
_ROLES: Final = ("{activities}", "{activities,care}", "{care}", "{manager}", "{driver,care}")
_HOME_GIVES: Final = ("{}", "{tea}", "{room}", "{stories}", "{welcome,tea}", "{time}")
_PARTNER_GIVES: Final = ("{time}", "{skill}", "{}", "{goods}", "{time,skill}", "{welcome}")
_COMES_IN: Final = {
    "faith": ("worship", "visit"),
    "school": ("intergenerational", "performance"),
    "early_years": ("intergenerational",),
    "youth": ("intergenerational", "volunteering"),
    "college": ("training", "intergenerational"),
    "arts_culture": ("performance", "skill"),
    "clubs_societies": ("group", "skill"),
    "sport": ("sport", "visit"),
    "shops": ("goods", "visit"),
    "food_drink": ("meal", "goods"),
}
_GOES_OUT: Final = {"food_drink": ("meal",), "sport": ("sport",), "faith": ("worship",)}


def quotas(plan: Plan) -> Iterator[int]:
    """Yield how many rows each home's log has: few log much, some nothing; the sum is exact."""
    draw = dice(plan.seed, "quotas")
    weights = [
        0.0 if draw() < _WITHOUT_LOG else -math.log((1 - draw()) * (1 - draw()))
        for _ in range(plan.homes)
    ]
    weights[0] = weights[0] or 1.0
    whole, so_far, given = math.fsum(weights), 0.0, 0
    for weight in weights:
        so_far += weight
        upto = min(plan.connections, round(plan.connections * so_far / whole))
        yield upto - given
        given = upto


class LogMaker:
    """Makes the rows of the log, home by home."""

    def __init__(self, plan: Plan, homes: HomeMaker, ties: TieMaker) -> None:
        self.plan, self.homes, self.ties = plan, homes, ties
        self.draw = dice(plan.seed, "log")
        self.texts = ties.calendar.texts

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield every row's values, as ``COLUMNS`` names them."""
        for number, quota in enumerate(quotas(self.plan)):
            home = self.homes.first_id + number
            for tie in self.ties.ties_of(home, quota):
                yield from self._rows_of(tie)

    def _rows_of(self, tie: Tie) -> Iterator[tuple[Any, ...]]:
        beds, paid = self.homes.beds_of(tie.home), self._is_paid(tie)
        usual, origin = self._direction(tie), pick(self.draw, _ORIGINS)
        for day in tie.days:
            draw = self.draw
            direction = usual if draw() < 0.85 else self._direction(tie)
            last, occurrences = self._period(tie, day)
            yield (
                *(tie.id, tie.home, self.texts[day]),
                *(self.texts[last] if last != day else NULL, occurrences, direction),
                *(self._type(tie, direction), origin if draw() < 0.8 else ""),
                1 + int(draw() * min(beds, 14)) if draw() < 0.9 else NULL,
                *self._community(tie),
                *(self._home_gives(tie.home), pick(draw, _PARTNER_GIVES), paid),
                *(pick(draw, _ROLES), pick(draw, _RATINGS), pick(draw, _SOURCES)),
                f"{self.texts[last]} 17:00:00+00",
            )

    def _is_paid(self, tie: Tie) -> str:
        likely = 0.04 if tie.is_community else 0.3
        return "t" if self.draw() < likely else "f"

    def _direction(self, tie: Tie) -> str:
        return pick(self.draw, _DIRECTIONS)

    def _period(self, tie: Tie, day: int) -> tuple[int, int]:
        """Return the last day, and how often it happened."""
        if not tie.rhythm.is_summed:
            return day, 1
        last = min(day + 27, len(self.texts) - 1)
        return last, max(1, min((last - day) // 7 + 1, 2 + int(self.draw() * 3)))

    def _type(self, tie: Tie, direction: str) -> str:
        if direction in ("online", "letter"):
            return direction
        if direction == "out":
            return pick(self.draw, _GOES_OUT.get(tie.slug, ("trip",)))
        return pick(self.draw, _COMES_IN.get(tie.slug, ("visit", "befriending")))

    def _community(self, tie: Tie) -> tuple[int | str, int | str]:
        """Return how many came, and how many of them were under 18."""
        if self.draw() < 0.15:
            return NULL, NULL
        people = 1 + int(self.draw() ** 2 * 24)
        if tie.slug not in ("school", "early_years", "youth"):
            return people, NULL
        return people, int(people * (0.6 + 0.4 * self.draw()))

    def _home_gives(self, home: int) -> str:
        offers = self.homes.offers.get(home)
        if offers and self.draw() < 0.25:
            return f"{{asset:{pick(self.draw, offers)}}}"
        return pick(self.draw, _HOME_GIVES)
