"""The demo's wishes: some came true by what the log tells, some wait."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import F
from django.utils import timezone

from config.demo.calendar import Calendar
from config.demo.words import words
from fans.connections.models import Connection
from fans.connections.wishes.models import Thanks, Wish, WishStatus
from fans.people.models import Person
from homes.models import Home

_WAITED: Final = dt.timedelta(days=21)
"""Until a wish is let go."""


def make_wishes(homes: Mapping[str, Home], dates: Calendar, by: Person) -> list[Wish]:
    """Peg up the wishes of the enrolled homes, and say thanks for some that came true."""
    rows = words("wishes")["wishes"]
    logs = {key: _log_of(homes[key]) for key in {row["home"] for row in rows}}
    wishes = [_wish(homes[row["home"]], row, logs[row["home"]], dates, by) for row in rows]
    Wish.objects.bulk_create(wishes)
    for wish in wishes:
        pegged_at = _noon(wish.taken_on)
        Wish.objects.filter(pk=wish.pk).update(pegged_at=pegged_at)
    for wish, row in zip(wishes, rows, strict=True):
        if wish.connection and "thanks" in row:
            _thank(wish, row, dates, by)
    return wishes


def _log_of(home: Home) -> list[Connection]:
    rows: Any = home.connections.standing().with_day()
    rows = rows.order_by("counted_on", "pk")
    return list(rows.select_related("partnership__partner__asset"))


def _wish(
    home: Home, row: dict[str, Any], log: list[Connection], dates: Calendar, by: Person
) -> Wish:
    taken_on = min(dates.start + dt.timedelta(weeks=row["week"]), dates.today)
    wish = Wish(
        home=home,
        text=row["text"],
        tags=row["tags"],
        from_whom=row.get("from", "resident"),
        how_many=row.get("many", "one"),
        taken_by=by,
        taken_on=taken_on,
    )
    if entry := _first(log, row.get("with", ""), taken_on):
        wish.status, wish.granted_on, wish.connection = (
            WishStatus.GRANTED,
            entry.counted_day,
            entry,
        )
    elif "let_go" in row:
        wish.status, wish.let_go_why = WishStatus.LET_GO, row["let_go"]
        wish.let_go_on = min(taken_on + _WAITED, dates.today)
    return wish


def _first(log: list[Connection], partner: str, since: dt.date) -> Connection | None:
    """Return the first entry with a partner from a day on."""
    theirs = (row for row in log if str(row.partnership.partner) == partner)
    return next((row for row in theirs if row.counted_day >= since), None)


def _thank(wish: Wish, row: dict[str, Any], dates: Calendar, by: Person) -> None:
    entry = wish.connection
    assert entry is not None  # noqa: S101 (only wishes that an entry granted)
    thanks = Thanks.objects.create(
        partnership=entry.partnership,
        home=wish.home,
        wish=wish,
        text=row["thanks"],
        written_by=by,
    )
    written_at = _noon(min(entry.counted_day + dt.timedelta(days=1), dates.today))
    Thanks.objects.filter(pk=thanks.pk).update(written_at=written_at)
    if not row.get("waits"):
        Thanks.objects.filter(pk=thanks.pk).update(given_on=F("written_at__date"))


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), timezone.get_current_timezone())
