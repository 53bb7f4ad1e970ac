"""``score_openness --cohort NAME --wave MONTH``: score a cohort's homes from their logs."""

import datetime as dt
import json
from argparse import ArgumentTypeError
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from fans.cohorts.models import Cohort, Enrolment
from fans.openness.evidence import Evidence, evidence_as_json, parse_evidence
from fans.openness.from_log import evidence_for, instrument_of
from fans.openness.instrument import Instrument
from fans.openness.models import WAVE_MONTHS, Wave
from fans.openness.result import Score
from fans.openness.score import score, score_as_json
from fans.openness.services import score_wave
from fans.openness.strict_json import Node


@dataclass(frozen=True)
class Scored:
    """One wave of one home, scored."""

    wave: Wave
    as_of: dt.date
    evidence: Evidence
    score: Score
    instrument: Instrument


class Command(BaseCommand):
    """Score a wave of a cohort's homes, in order of their names: this is no ranking."""

    help = (
        "Score one wave of a cohort's homes from their logs and answers, and store the "
        "scores. With --as-of, say what the score was on that day and store nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the cohort's name and the wave's month; the rest narrows or shapes it."""
        parser.add_argument("--cohort", required=True, metavar="NAME")
        parser.add_argument("--wave", required=True, type=int, choices=WAVE_MONTHS)
        parser.add_argument("--home", type=int, metavar="ID", help="only this home")
        parser.add_argument("--as-of", type=_day, metavar="DATE", help="such as 2026-10-31")
        parser.add_argument("--json", action="store_true", help="print JSON, with evidence")

    def handle(self, *args: Any, **options: Any) -> None:
        """Score, store and print."""
        waves = _waves(_enrolments(options["cohort"], options["home"]), options["wave"])
        with transaction.atomic():
            found = [_scored(wave, options["as_of"]) for wave in waves]
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(each) for each in found], indent=2))
            return
        for each in found:
            self.stdout.write(_in_words(each))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-10-31") from error


def _enrolments(cohort_name: str, home_id: int | None) -> list[Enrolment]:
    cohort = Cohort.objects.filter(name=cohort_name).first()
    if cohort is None:
        names = ", ".join(Cohort.objects.values_list("name", flat=True)) or "none"
        raise CommandError(
            f"There is no cohort named {cohort_name!r}. There are: {names}.", returncode=2
        )
    enrolments = cohort.enrolments.select_related("home").order_by("home__name", "home_id")
    if home_id is not None:
        enrolments = enrolments.filter(home=home_id)
        if not enrolments:
            raise CommandError(f"Home {home_id} is not in {cohort_name}.", returncode=2)
    return list(enrolments)


def _waves(enrolments: list[Enrolment], month: int) -> list[Wave]:
    waves = {
        wave.enrolment_id: wave
        for wave in Wave.objects.filter(enrolment__in=enrolments, month=month).select_related(
            "enrolment__home", "instrument"
        )
    }
    without = [str(e.home) for e in enrolments if e.pk not in waves]
    if without:
        raise CommandError(
            f"No month {month} is planned for {', '.join(without)}.", returncode=2
        )
    return [waves[enrolment.pk] for enrolment in enrolments]


def _scored(wave: Wave, as_of: dt.date | None) -> Scored:
    if as_of is None:  # of a closed wave: the score it closed with
        row = score_wave(wave=wave)
        instrument, day = instrument_of(row.instrument), row.as_of
        evidence = parse_evidence(Node(row.evidence), {instrument.version: instrument})
    else:
        instrument, day = instrument_of(wave.instrument), as_of
        evidence = evidence_for(wave.enrolment.home, wave=wave, as_of=day)
    return Scored(wave, day, evidence, score(instrument, evidence), instrument)


def _as_json(found: Scored) -> dict[str, object]:
    home = found.wave.enrolment.home
    return {
        "home": {"id": home.pk, "name": home.name},
        "wave": found.wave.month,
        "as_of": found.as_of.isoformat(),
        "level": found.score.level,
        "score": score_as_json(found.score),
        "evidence": evidence_as_json(found.evidence),
    }


def _in_words(found: Scored) -> str:
    """Say one home's score in a line: the level first, then the figures."""
    names = {level.id: level.name for level in found.instrument.levels}
    coverage, missing = found.score.coverage, ", ".join(found.score.missing)
    if found.score.level is None:
        head = f"not enough yet (not known: {missing})"
    else:
        head = f"{names[found.score.level]}, {found.score.overall} of 100"
    known = f"{coverage.known} of {coverage.of} signs known"
    figures = f"lived {_figure(found.score.lived)}, felt {_figure(found.score.felt)}, {known}"
    flags = f"; {', '.join(found.score.flags)}" if found.score.flags else ""
    return f"{found.wave.enrolment.home}: {head}; {figures}{flags}; as of {found.as_of}"


def _figure(figure: float | None) -> str:
    return "not known" if figure is None else str(figure)
