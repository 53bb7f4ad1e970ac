"""``ask_instrument VERSION --cohort NAME --wave 0|3|6``: what would it have said?"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fans.cohorts.models import Cohort
from fans.openness.evidence import parse_evidence
from fans.openness.few_answers import LEAST_ELSEWHERE
from fans.openness.figures import figures_of
from fans.openness.from_log import instrument_of
from fans.openness.instrument import Instrument
from fans.openness.instruments.asking import ask_another
from fans.openness.instruments.reports import version
from fans.openness.may_show import Figures
from fans.openness.models import WAVE_MONTHS, Score
from fans.openness.strict_json import Node


class Command(BaseCommand):
    """Ask a version, a draft too, about closed waves of a cohort, in order of home names."""

    help = (
        "Say what another version of the instrument would have said of a cohort's closed "
        "waves. It is a question: nothing is stored, and no score changes. What fewer than "
        f"{LEAST_ELSEWHERE} people of a group answered is left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the version, the cohort and the wave's month."""
        parser.add_argument("version_name", metavar="VERSION", help="such as v2")
        parser.add_argument("--cohort", required=True, metavar="NAME")
        parser.add_argument("--wave", required=True, type=int, choices=WAVE_MONTHS)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask and print."""
        asked = version(options["version_name"], with_drafts=True)
        if asked is None:
            raise CommandError(
                f"There is no version {options['version_name']!r}.", returncode=2
            )
        if not Cohort.objects.filter(name=options["cohort"]).exists():
            raise CommandError(f"There is no cohort {options['cohort']!r}.", returncode=2)
        rows = Score.objects.filter(
            wave__enrolment__cohort__name=options["cohort"],
            wave__month=options["wave"],
            wave__closed_at__isnull=False,
        )
        rows = rows.select_related("instrument", "wave__enrolment__home")
        rows = rows.order_by("wave__enrolment__home__name", "wave__enrolment__home")
        found = [_asked(row, asked.instrument) for row in rows]
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
            return
        for each in found:
            scored, said = each["scored"], each["asked"]
            self.stdout.write(
                f"{each['home']['name']}: {scored['version']} said {_words(scored)}; "
                f"{said['version']} would have said {_words(said)}"
            )


def _asked(row: Score, other: Instrument) -> dict[str, Any]:
    home = row.wave.enrolment.home
    then = instrument_of(row.instrument)
    evidence = parse_evidence(Node(row.evidence), {then.version: then})
    answered = ask_another(
        evidence, then, other, as_of=row.as_of, least=LEAST_ELSEWHERE, home_kind=home.kind
    )
    return {
        "home": {"id": home.pk, "name": home.name},
        "wave": row.wave.month,
        "scored": _figures(figures_of(row, least=LEAST_ELSEWHERE)),
        "asked": _figures(answered.figures),
        "notes": {id: note for id, note in answered.notes.items() if note},
    }


def _figures(shown: Figures) -> dict[str, Any]:
    return {
        "version": shown.instrument,
        "level": shown.level,
        "overall": shown.overall,
        "lived": shown.lived,
        "felt": shown.felt,
        "dimensions": dict(shown.dimensions),
        "indicators": dict(shown.indicators),
    }


def _words(figures: dict[str, Any]) -> str:
    parts = (f"{name} {_figure(figures[name])}" for name in ("overall", "lived", "felt"))
    return ", ".join(parts)


def _figure(value: float | None) -> str:
    return "not known or not shown" if value is None else f"{value:g}"
