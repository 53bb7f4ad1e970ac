"""Homes that have been measured: enrolled, with closed waves and stored scores."""

import datetime as dt
from typing import Any

from fans.openness import models
from fans.openness.evidence import parse_evidence
from fans.openness.instrument_file import published
from fans.openness.score import score, score_as_json
from fans.openness.services import plan_waves
from fans.openness.strict_json import Node
from homes.models import Home
from tests import factories
from tests.fans.openness.larkfield import larkfield

BEGAN = dt.date(2026, 1, 5)
PROVIDERS = [
    f"{name} Care" for name in ("Oak", "Elm", "Ash", "Yew", "Fir", "Bay", "Box", "Fig")
]


def measured(number: int, *, provider: str = "", began: dt.date = BEGAN, **home: Any) -> Home:
    """Enrol a home, and close its month 0 with a score that differs from home to home."""
    made = factories.HomeFactory(name=f"House {number}", **home)
    made.registrations.update(provider=provider or PROVIDERS[number % len(PROVIDERS)])
    enrolment = factories.EnrolmentFactory(home=made, starts_on=began)
    plan_waves(enrolment=enrolment)
    close(made, 0, step=number % 5)
    return made


def close(home: Home, month: int, *, step: int) -> models.Wave:
    """Close a wave with a score: the higher ``step`` (0 to 4), the more open."""
    wave = models.Wave.objects.get(enrolment__home=home, month=month)
    document = larkfield(
        observed={
            "visits_in": 8 * step,
            "trips_out": 6 * step,
            "occurrences": 14 * step,
            "residents_reached": 6 * step,
        },
        assessed={code: {"manager": [step]} for code in ("G1", "G2", "G3", "G4", "H1")},
    )
    store(wave, document)
    wave.closed_at = dt.datetime.combine(wave.closes_on, dt.time(18), dt.UTC)
    wave.save()
    return wave


def store(wave: models.Wave, document: dict[str, Any]) -> None:
    """Keep a score as the programme does, made from this evidence."""
    instruments = published()
    evidence = parse_evidence(Node(document), instruments)
    found = score(instruments[evidence.instrument], evidence)
    models.Score.objects.update_or_create(
        wave=wave,
        defaults={
            "instrument": wave.instrument,
            "as_of": wave.closes_on,
            "evidence": document,
            "result": {**score_as_json(found), "level": found.level},
            "overall": found.overall,
            "lived": found.lived,
            "felt": found.felt,
        },
    )
