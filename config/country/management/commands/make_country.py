"""``make_country``: a large made-up country over real postcodes, for tests of scale."""

import datetime as dt
from argparse import ArgumentTypeError
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.country.guard import refusal
from config.country.make import Maker
from config.country.plan import Plan, PlanError
from config.country.remove import remove
from fans.openness.lived.services import score_all
from geo.pyramid_folding import fold_all

REFUSED: Final = 2
"""Exit code of a command that may not, or cannot, do what is asked."""

HOMES_A_COHORT: Final = 200
"""Without --cohorts there is one for so many homes: most homes are in none."""


class Command(BaseCommand):
    """Make the country where it is allowed, or take it away."""

    help = (
        "Make up homes, places and two years of ties over the loaded postcodes, from a seed: "
        "the same numbers make the same rows. For tests of scale; never beside real homes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how much of each, and the seed."""
        parser.add_argument("--homes", type=int, metavar="N", default=20_000)
        parser.add_argument("--assets", type=int, metavar="N", default=1_000_000)
        parser.add_argument("--connections", type=int, metavar="N", default=1_000_000)
        parser.add_argument("--seed", type=int, metavar="N", default=1)
        parser.add_argument(
            "--cohorts", type=int, metavar="N", help="one for every 200 homes unless told"
        )
        parser.add_argument(
            "--until", type=_day, metavar="DATE", help="the log's last day; today unless told"
        )
        parser.add_argument("--remove", action="store_true", help="take the country away")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or remove, telling what is done."""
        if options["remove"]:
            removed = remove()
            fold_all()
            gone = f"The country is gone: {removed:,} rows."
            self.stdout.write(gone if removed else "There was no country.")
            return
        try:
            plan = _plan(options)
        except PlanError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        if reason := refusal():
            raise CommandError(reason, returncode=REFUSED)
        steps = Maker(plan, say=self._say).make()
        self._say(f"{score_all():,} homes scored.")
        self._say(f"{fold_all():,} places counted into the map's cells.")
        self._say(f"The country stands, after {sum(step.seconds for step in steps):.1f} s.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _plan(options: dict[str, Any]) -> Plan:
    today = timezone.localdate()
    until = options["until"] or today
    if until > today:
        raise PlanError(f"--until takes a day up to today, {today:%-d %B %Y}.")
    cohorts = options["cohorts"]
    if cohorts is None:
        cohorts = -(-options["homes"] // HOMES_A_COHORT)
    return Plan(
        homes=options["homes"],
        assets=options["assets"],
        connections=options["connections"],
        seed=options["seed"],
        cohorts=cohorts,
        until=until,
    )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-10-31") from error
