"""The one question behind the API's lists of ties and of the log: which rows, which page?"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final, Self

from django.db.models import Q, QuerySet
from django.http import QueryDict

from fans.connections.models import (
    Connection,
    Direction,
    LogSource,
    Partnership,
    PartnershipStatus,
)
from geo.params import ParamError, QueryReader

DEFAULT_PAGE_SIZE: Final = 50
MOST_ON_A_PAGE: Final = 500
MOST_PAGES: Final = 100_000
LAST_ID: Final = 2**31 - 1


@dataclass(frozen=True)
class Asked:
    """What a request asks of ties or of the log; nothing set asks for all."""

    home: int = 0
    since: dt.date | None = None
    until: dt.date | None = None
    status: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    partnership: int = 0
    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE

    @classmethod
    def of_ties(cls, params: QueryDict) -> Self:
        """Read a question about ties strictly.

        Raises:
            ValidationError: names every parameter that is wrong.
        """
        return cls._read(params, {"status": PartnershipStatus.values})

    @classmethod
    def of_log(cls, params: QueryDict) -> Self:
        """Read a question about the log strictly.

        Raises:
            ValidationError: names every parameter that is wrong.
        """
        known = {"direction": Direction.values, "source": LogSource.values}
        return cls._read(params, known, others=("partnership",))

    @classmethod
    def _read(
        cls, params: QueryDict, known: dict[str, list[str]], others: tuple[str, ...] = ()
    ) -> Self:
        reader = QueryReader(params)
        found: dict[str, Any] = {
            "home": reader.whole("home", most=LAST_ID, default=0),
            "since": reader.one("from", read_day),
            "until": reader.one("to", read_day),
            "page": reader.whole("page", most=MOST_PAGES, default=1),
            "page_size": reader.whole(
                "page_size", most=MOST_ON_A_PAGE, default=DEFAULT_PAGE_SIZE
            ),
        }
        found |= {name: reader.choices(name, values) for name, values in known.items()}
        found |= {name: reader.whole(name, most=LAST_ID, default=0) for name in others}
        if found["since"] and found["until"] and found["since"] > found["until"]:
            reader.errors["to"] = "Put a day that is not before from."
        names = ("home", "from", "to", "page", "page_size", "format")
        reader.refuse_others({*names, *known, *others})
        reader.finish()
        return cls(**found)

    def ties(self, rows: QuerySet[Partnership]) -> QuerySet[Partnership]:
        """Return the ties asked for, all pages; days are those on which a tie was put down."""
        wanted = Q()
        if self.status:
            wanted &= Q(status__in=self.status)
        if self.since:
            wanted &= Q(created_at__date__gte=self.since)
        if self.until:
            wanted &= Q(created_at__date__lte=self.until)
        return self._of_home(rows).filter(wanted).order_by("home_id", "pk")

    def log(self, rows: QuerySet[Connection]) -> QuerySet[Connection]:
        """Return the rows of the log asked for, all pages: the latest day first."""
        wanted = Q()
        if self.direction:
            wanted &= Q(direction__in=self.direction)
        if self.source:
            wanted &= Q(source__in=self.source)
        if self.partnership:
            wanted &= Q(partnership=self.partnership)
        if self.since:
            wanted &= Q(counted_on__gte=self.since)
        if self.until:
            wanted &= Q(counted_on__lte=self.until)
        return self._of_home(rows).filter(wanted).order_by("-happened_on", "-pk")

    def page_of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the page asked for."""
        start = (self.page - 1) * self.page_size
        return rows[start : start + self.page_size]

    def _of_home(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(home=self.home) if self.home else rows


def read_day(text: str) -> dt.date:
    """Read a day such as 2026-10-31.

    Raises:
        ParamError: it is none.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ParamError("Put a day, such as 2026-10-31.") from error
