"""Makes the whole country: all of it, in one transaction, or nothing."""

import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from assets.models import Asset, FactCheck
from config.country import assets as places
from config.country import homes as houses
from config.country import log, ties
from config.country.bare import bare
from config.country.copying import copy_rows
from config.country.ground import Ground, draw_ground
from config.country.plan import Plan
from config.country.programme import ProgrammeMaker
from config.country.unrecorded import unrecorded
from fans.cohorts.models import Cohort, Enrolment
from fans.connections.models import Connection, Partner, Partnership, Reach, Tally
from fans.openness.models import Wave
from homes.models import Home, HomeAsset, Registration

Say = Callable[[str], object]
_WRITTEN: Final = (
    *(Home, Registration, HomeAsset, Asset, FactCheck, Partner, Partnership, Connection),
    *(Cohort, Enrolment, Wave, Tally),
)


@dataclass(frozen=True)
class Step:
    """One part of the work."""

    what: str
    rows: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.rows:,} {self.what} in {self.seconds:.1f} s"


@dataclass
class Maker:
    """Makes a country and tells what it has done; ``steps`` keeps it."""

    plan: Plan
    say: Say = lambda sentence: None
    steps: list[Step] = field(default_factory=list)

    def make(self) -> list[Step]:
        """Make everything; the site waits meanwhile."""
        with transaction.atomic(), connection.cursor() as cursor:
            self._hold(cursor)
            with unrecorded(cursor, *_WRITTEN):
                self._make_all(cursor)
        return self.steps

    def _make_all(self, cursor: CursorWrapper) -> None:
        self.since = time.monotonic()
        ground = draw_ground(cursor, self.plan)
        self._done("postcodes drawn", len(ground.spots))
        assets = self._make_assets(cursor, ground)
        homes = self._make_homes(cursor, ground)
        self._make_log(cursor, homes, assets)
        programme = ProgrammeMaker(self.plan, homes, _next_id(cursor, Enrolment))
        enrolled = programme.make(cursor)
        _set_next_id(cursor, Enrolment, programme.next_enrolment)
        self._done("homes enrolled", enrolled)

    def _hold(self, cursor: CursorWrapper) -> None:
        """Let nobody write what this writes: ids are given out here."""
        written = (Home, Asset, Partner, Partnership, Connection)
        names = ", ".join(f'"{model._meta.db_table}"' for model in written)
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute("SET LOCAL work_mem = '128MB'")
        # Killed, it must not leave its last statement running.
        cursor.execute("SET LOCAL client_connection_check_interval = '2s'")

    def _done(self, what: str, rows: int) -> None:
        now = time.monotonic()
        self.steps.append(Step(what, rows, now - self.since))
        self.since = now
        self.say(str(self.steps[-1]))

    def _make_assets(self, cursor: CursorWrapper, ground: Ground) -> places.AssetMaker:
        """Make assets before homes: the triggers then find each home's reach by index."""
        maker = places.AssetMaker(self.plan, ground, _next_id(cursor, Asset))
        moment = self.plan.moment
        with bare(cursor, Asset, FactCheck):
            copy_rows(cursor, Asset, places.COLUMNS, maker.rows(), moment=moment)
            checks = maker.check_rows()
            copy_rows(cursor, FactCheck, places.CHECK_COLUMNS, checks, moment=moment)
        _set_next_id(cursor, Asset, maker.first_id + self.plan.assets)
        self._done("assets", self.plan.assets)
        return maker

    def _make_homes(self, cursor: CursorWrapper, ground: Ground) -> houses.HomeMaker:
        maker = houses.HomeMaker(self.plan, ground, _next_id(cursor, Home))
        offers = maker.offer_rows(first_offer := _next_id(cursor, HomeAsset))
        moment, registrations = self.plan.moment, maker.registration_rows()
        with bare(cursor, Home, Registration, HomeAsset, Reach):
            copy_rows(cursor, Home, houses.COLUMNS, maker.rows(), moment=moment)
            columns = houses.REGISTRATION_COLUMNS
            copy_rows(cursor, Registration, columns, registrations, moment=moment)
            count = copy_rows(cursor, HomeAsset, houses.OFFER_COLUMNS, offers, moment=moment)
        _set_next_id(cursor, HomeAsset, first_offer + count)
        _set_next_id(cursor, Home, maker.first_id + self.plan.homes)
        self._done("homes", self.plan.homes)
        return maker

    def _make_log(
        self, cursor: CursorWrapper, homes: houses.HomeMaker, assets: places.AssetMaker
    ) -> None:
        first_ids = (_next_id(cursor, Partner), _next_id(cursor, Partnership))
        reach = _reach(cursor, homes.first_id, assets.first_id)
        maker = ties.TieMaker(self.plan, homes, assets, reach, first_ids)
        rows, moment = log.LogMaker(self.plan, homes, maker).rows(), self.plan.moment
        with bare(cursor, Partner, Partnership, Connection):
            count = copy_rows(cursor, Connection, log.COLUMNS, rows, moment=moment)
            columns = ties.PARTNER_COLUMNS
            copy_rows(cursor, Partner, columns, maker.partner_rows, moment=moment)
            copy_rows(cursor, Partnership, ties.TIE_COLUMNS, maker.tie_rows, moment=moment)
        _set_next_id(cursor, Partner, maker.next_partner)
        _set_next_id(cursor, Partnership, maker.next_tie)
        self._done("connections", count)


def _reach(cursor: CursorWrapper, first_home: int, first_asset: int) -> dict[int, "array[int]"]:
    """Read what the triggers found within reach of each home."""
    cursor.execute(
        "SELECT home_id, string_agg(asset_id::text, ',' ORDER BY asset_id)"
        "  FROM connections_reach WHERE home_id >= %s AND asset_id >= %s GROUP BY home_id",
        [first_home, first_asset],
    )
    return {home: array("q", map(int, text.split(","))) for home, text in cursor.fetchall()}


def _next_id(cursor: CursorWrapper, model: type[models.Model]) -> int:
    cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
    ((number,),) = cursor.fetchall()
    return int(number)


def _set_next_id(cursor: CursorWrapper, model: type[models.Model], number: int) -> None:
    cursor.execute(
        "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)",
        [model._meta.db_table, number],
    )
