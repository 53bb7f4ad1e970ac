"""Evidence from the log: what a home's score on a day is made from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils import timezone

from fans.cohorts.models import Enrolment
from fans.openness import models
from fans.openness.evidence import Answers, Evidence, Observed, Provenance
from fans.openness.instrument import Instrument
from fans.openness.instrument_file import parse_instrument, published
from fans.openness.ledger import Asked
from fans.openness.log_facts import LogFacts, log_facts
from fans.openness.models import Answer, Wave, Way
from fans.openness.strict_json import Node
from homes.models import Home

WITHOUT_WAVE = "v1"

_frozen: dict[tuple[int, str, dt.datetime], Instrument] = {}


def evidence_for(
    home: Home,
    *,
    enrolment: Enrolment | None = None,
    wave: Wave | None = None,
    as_of: dt.date | None = None,
) -> Evidence:
    """Return the evidence for one home at ``as_of``, that day included.

    A wave brings its enrolment, its answers, its instrument and its day; without one it
    is today and nothing is answered. Without an enrolment, what lies in reach and what
    the home lists are taken as they stand today. Two queries with a wave, one without.
    """
    instrument = instrument_of(wave.instrument) if wave else published()[WITHOUT_WAVE]
    asked = asked_of(home, enrolment=enrolment, wave=wave, as_of=as_of)
    [facts] = log_facts([asked], instrument.window)
    answers = answers_of([wave])[wave.pk] if wave else {}
    return evidence_of(facts, instrument, answers, home_kind=home.kind)


def evidence_with(wave: Wave, answers: Answers) -> Evidence:
    """Return the evidence of a wave on its day, for answers read before. One query."""
    instrument = instrument_of(wave.instrument)
    [facts] = log_facts([asked_of(wave.enrolment.home, wave=wave)], instrument.window)
    return evidence_of(facts, instrument, answers, home_kind=wave.enrolment.home.kind)


def asked_of(
    home: Home,
    *,
    enrolment: Enrolment | None = None,
    wave: Wave | None = None,
    as_of: dt.date | None = None,
) -> Asked:
    """Return what is asked of the log: the home's day, its start, and whether memory counts."""
    if wave is not None:
        enrolment = wave.enrolment
    return Asked(
        home_id=home.pk,
        as_of=as_of or (day_of(wave) if wave else timezone.localdate()),
        starts_on=enrolment.starts_on if enrolment else None,
        with_recall=wave is not None and wave.month == 0,
    )


def instrument_of(row: models.Instrument) -> Instrument:
    """Return the pure instrument that a stored one is; a frozen one is parsed once."""
    if row.published_at is None:
        return parse_instrument(Node(row.body))
    key = (row.pk, row.version, row.published_at)
    if key not in _frozen:
        _frozen[key] = parse_instrument(Node(row.body))
    return _frozen[key]


def day_of(wave: Wave) -> dt.date:
    """Return the day a wave is scored at.

    Its closing day, today while it is open; in wave 0 the look-back's last day where
    there is one.
    """
    return wave.look_back_until or min(wave.closes_on, timezone.localdate())


def evidence_of(
    facts: LogFacts,
    instrument: Instrument,
    answers: Answers,
    *,
    home_kind: str | None = None,
) -> Evidence:
    """Join what the log says with what people answered.

    ``home_kind`` is kept where the instrument has signs that do not apply everywhere.
    """
    return Evidence(
        instrument=instrument.version,
        occupied_beds=facts.beds,
        months_since_start=facts.months_since_start,
        provenance=Provenance(recall=facts.is_recalled, weeks_logged=facts.weeks_logged),
        observed=_observed(facts),
        assessed=answers,
        home_kind=home_kind if instrument.has_rules else None,
    )


def answers_of(
    waves: Iterable[Wave], *, until: dt.datetime | None = None
) -> Mapping[int, Answers]:
    """Return the answers of waves by wave id, indicator and group, but for late ones.

    ``until``: only those of sheets that were in by then, or that somebody gave in office.
    """
    found: dict[int, dict[str, dict[str, tuple[int, ...]]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    kept = Answer.objects.filter(
        assessment__wave__in=[wave.pk for wave in waves], assessment__is_late=False
    )
    if until is not None:
        in_office = Q(assessment__way=Way.OFFICE)
        kept = kept.filter(in_office | Q(assessment__submitted_at__lte=until))
    rows = kept.order_by("indicator__code", "assessment__group", "pk").values_list(
        "assessment__wave", "indicator__code", "assessment__group", "value"
    )
    for wave, indicator, group, value in rows:
        groups = found[wave][indicator]
        groups[group] = (*groups.get(group, ()), value)
    return found


def _observed(facts: LogFacts) -> Observed:
    return Observed(
        visits_in=_halved(facts.visits_in) if facts.is_small else facts.visits_in,
        familiar_partners=facts.familiar_partners,
        trips_out=_halved(facts.trips_out) if facts.is_small else facts.trips_out,
        residents_out=facts.residents_out,
        active_partners_by_category=facts.active_partners_by_category,
        two_way_partners=facts.two_way_partners,
        home_assets_listed=facts.home_assets_listed,
        home_assets_used=facts.home_assets_used,
        reachable_assets=facts.reachable_assets,
        reachable_assets_with_tie=facts.reachable_assets_with_tie,
        sustained_partners=facts.sustained_partners,
        occurrences=facts.occurrences,
        occurrences_with_origin=facts.occurrences_with_origin,
        occurrences_from_residents=facts.occurrences_from_residents,
        residents_reached=facts.residents_reached,
        partnership_depths=tuple(facts.partnership_depths),
    )


def _halved(count: int) -> float:
    """Return half of a count of twice the days; halves stay."""
    return count / 2 if count % 2 else count // 2
