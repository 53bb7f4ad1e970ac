"""The country's cohorts: neighbours that began together, their waves and monthly counts."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from config.country.copying import NULL, copy_rows
from config.country.dice import dice
from config.country.homes import HomeMaker
from config.country.plan import Plan
from config.demo.calendar import months_after
from config.demo.programme import PROGRAMME
from config.made_up import COUNTRY_COHORT
from fans.cohorts.models import COHORT_PLACES, Cohort, Enrolment, Programme
from fans.connections.models import Tally
from fans.openness.instruments.services import load_instrument
from fans.openness.models import PROGRAMME_MONTHS, Wave
from fans.openness.services import WAVE_DAYS

_FEWEST_HOMES: Final = 8
_MONTHS: Final = 6
_MONTHS_AGO: Final = (2, 20)

ENROLMENT_COLUMNS: Final = (
    "id", "cohort", "home", "place", "starts_on", "ends_on", "research_agreed_on"
)  # fmt: skip
WAVE_COLUMNS: Final = ("enrolment", "month", "instrument", "opens_on", "closes_on")
TALLY_COLUMNS: Final = (
    "home", "month", "occupied_beds", "residents_out", "residents_reached"
)  # fmt: skip


class ProgrammeMaker:
    """Enrols part of the homes; the others have their log alone."""

    def __init__(self, plan: Plan, homes: HomeMaker, first_enrolment: int) -> None:
        self.plan, self.homes = plan, homes
        self.draw = dice(plan.seed, "programme")
        self.next_enrolment = first_enrolment
        self.enrolled: list[tuple[int, int, dt.date]] = []  # enrolment, home, start

    def make(self, cursor: CursorWrapper) -> int:
        """Make cohorts, enrolments, waves and tallies; return how many homes take part."""
        if not self.plan.cohorts:
            return 0
        moment = self.plan.moment
        programme, _ = Programme.objects.get_or_create(name=PROGRAMME)
        cohorts = Cohort.objects.bulk_create(
            Cohort(programme=programme, name=f"{COUNTRY_COHORT} {number:03}", is_demo=True)
            for number in range(1, self.plan.cohorts + 1)
        )
        instrument = load_instrument().pk
        enrolments, waves = self._enrolments(cohorts), self._waves(instrument)
        copy_rows(cursor, Enrolment, ENROLMENT_COLUMNS, enrolments, moment=moment)
        copy_rows(cursor, Wave, WAVE_COLUMNS, waves, moment=moment)
        copy_rows(cursor, Tally, TALLY_COLUMNS, self._tallies(), moment=moment)
        return len(self.enrolled)

    def _enrolments(self, cohorts: list[Cohort]) -> Iterator[tuple[Any, ...]]:
        """Enrol homes that lie near one another: their postcodes are neighbours."""
        by_place = sorted(
            range(len(self.homes.spots)), key=lambda n: (self.homes.spots[n].postcode, n)
        )
        room = len(by_place) / len(cohorts)
        fewest, most = _MONTHS_AGO
        for number, cohort in enumerate(cohorts):
            begin = int(number * room)
            size = _FEWEST_HOMES + int(self.draw() * (COHORT_PLACES - _FEWEST_HOMES + 1))
            members = by_place[begin : begin + min(size, int(room))]
            months_ago = fewest + int(self.draw() * (most - fewest + 1))
            starts_on = months_after(self.plan.until, -months_ago)
            for place, member in enumerate(members, start=1):
                yield self._enrol(cohort.pk, self.homes.first_id + member, place, starts_on)

    def _enrol(self, cohort: int, home: int, place: int, starts_on: dt.date) -> tuple[Any, ...]:
        enrolment = self.next_enrolment
        self.next_enrolment += 1
        self.enrolled.append((enrolment, home, starts_on))
        agreed = starts_on if self.draw() < 0.9 else NULL
        ends_on = months_after(starts_on, _MONTHS + 1)
        return enrolment, cohort, home, place, starts_on, ends_on, agreed

    def _waves(self, instrument: int) -> Iterator[tuple[Any, ...]]:
        for enrolment, _, starts_on in self.enrolled:
            for month in PROGRAMME_MONTHS:
                opens_on = months_after(starts_on, month)
                closes_on = opens_on + dt.timedelta(days=WAVE_DAYS - 1)
                yield enrolment, month, instrument, opens_on, closes_on

    def _tallies(self) -> Iterator[tuple[Any, ...]]:
        """Count each whole month of the programme so far, for nine homes in ten."""
        for _, home, starts_on in self.enrolled:
            if self.draw() < 0.1:
                continue
            beds = self.homes.beds_of(home)
            occupied = max(1, round(beds * (0.8 + 0.2 * self.draw())))
            for number in range(_MONTHS + 1):
                month = months_after(starts_on.replace(day=1), number)
                if month > self.plan.until:
                    break
                out = int(occupied * self.draw() * 0.5)
                yield home, month, occupied, out, min(occupied, out + int(self.draw() * 12))
