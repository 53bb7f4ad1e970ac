"""What a score is made from: counts from the log, and answers of people. Pure."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields

from fans.openness.instrument import TOP_STEP, Instrument
from fans.openness.strict_json import Node, read

TOP_KEYS = (
    "instrument",
    "home_kind",
    "occupied_beds",
    "months_since_start",
    "provenance",
    "observed",
    "assessed",
)
WEEKS_OF_A_FULL_LOG = 4
HOME_KINDS = ("nursing", "residential", "both")
"""What care a home is registered to give, as the register of homes has it."""

Answers = Mapping[str, Mapping[str, tuple[int, ...]]]


@dataclass(frozen=True)
class Provenance:
    """Where the counts come from."""

    recall: bool = False
    weeks_logged: float = WEEKS_OF_A_FULL_LOG


@dataclass(frozen=True)
class Observed:
    """Counts in the window. ``None`` is not known, which is not zero.

    Visits and trips of a small home are already halved by the caller, and listed home
    assets already capped.
    """

    visits_in: float | None = None
    familiar_partners: float | None = None
    trips_out: float | None = None
    residents_out: float | None = None
    active_partners_by_category: Mapping[str, float] | None = None
    two_way_partners: float | None = None
    home_assets_listed: float | None = None
    home_assets_used: float | None = None
    reachable_assets: float | None = None
    reachable_assets_with_tie: float | None = None
    sustained_partners: float | None = None
    occurrences: float | None = None
    occurrences_with_origin: float | None = None
    occurrences_from_residents: float | None = None
    residents_reached: float | None = None
    partnership_depths: tuple[float, ...] | None = None

    @property
    def active_partners(self) -> float | None:
        """The number of active partners over all categories."""
        if self.active_partners_by_category is None:
            return None
        counts = self.active_partners_by_category.values()
        return sum(counts) if all(isinstance(n, int) for n in counts) else math.fsum(counts)

    def count(self, name: str) -> float | None:
        """Return a count by its name, ``active_partners`` among them."""
        value: float | None = getattr(self, name)
        return value


NOT_PLAIN_COUNTS = ("active_partners_by_category", "partnership_depths")
PLAIN_COUNTS = tuple(f.name for f in fields(Observed) if f.name not in NOT_PLAIN_COUNTS)
COUNTS = (*PLAIN_COUNTS, "active_partners")


@dataclass(frozen=True)
class Evidence:
    """Everything that one score is made from.

    ``assessed`` maps indicator and respondent group to answers, whole numbers 0 to 4.
    ``home_kind`` is there where the instrument has signs that do not apply everywhere.
    """

    instrument: str
    occupied_beds: float | None = None
    months_since_start: float | None = None
    provenance: Provenance = Provenance()
    observed: Observed = Observed()
    assessed: Answers = field(default_factory=dict)
    home_kind: str | None = None


def read_evidence(
    document: bytes | str, instruments: Mapping[str, Instrument]
) -> Evidence | list[Evidence]:
    """Read an evidence, or a list of them, from a JSON document.

    Raises:
        RefusedError: anything in it is wrong; its path says where.
    """
    top = read(document)
    if isinstance(top.value, list):
        return [parse_evidence(node, instruments) for node in top.elements()]
    return parse_evidence(top, instruments)


def parse_evidence(node: Node, instruments: Mapping[str, Instrument]) -> Evidence:
    """Turn a parsed document into an evidence.

    Raises:
        RefusedError: anything in it is wrong; its path says where.
    """
    given = node.members(TOP_KEYS)
    if "instrument" not in given:
        node.refuse('must name its instrument, such as "instrument": "v1".')
    instrument = instruments[given["instrument"].one_of(instruments)]
    return Evidence(
        instrument=instrument.version,
        occupied_beds=_number(given, "occupied_beds"),
        months_since_start=_number(given, "months_since_start"),
        provenance=_provenance(given.get("provenance")),
        observed=_observed(given.get("observed")),
        assessed=_assessed(given.get("assessed"), instrument),
        home_kind=given["home_kind"].one_of(HOME_KINDS) if "home_kind" in given else None,
    )


def evidence_as_json(evidence: Evidence) -> dict[str, object]:
    """Return the evidence in the shape that ``parse_evidence`` reads; nulls left out."""
    observed = {name: n for name, n in asdict(evidence.observed).items() if n is not None}
    if evidence.observed.partnership_depths is not None:
        observed["partnership_depths"] = list(evidence.observed.partnership_depths)
    top = {
        "instrument": evidence.instrument,
        "home_kind": evidence.home_kind,
        "occupied_beds": evidence.occupied_beds,
        "months_since_start": evidence.months_since_start,
        "provenance": asdict(evidence.provenance),
        "observed": observed,
        "assessed": {
            indicator: {group: list(answers) for group, answers in groups.items()}
            for indicator, groups in evidence.assessed.items()
        },
    }
    return {key: value for key, value in top.items() if value is not None}


def _number(given: Mapping[str, Node], key: str) -> float | None:
    return given[key].number() if key in given else None


def _provenance(node: Node | None) -> Provenance:
    given = node.members(("recall", "weeks_logged")) if node else {}
    weeks = _number(given, "weeks_logged")
    return Provenance(
        recall=given["recall"].flag() if "recall" in given else False,
        weeks_logged=WEEKS_OF_A_FULL_LOG if weeks is None else weeks,
    )


def _observed(node: Node | None) -> Observed:
    given = node.members((*PLAIN_COUNTS, *NOT_PLAIN_COUNTS)) if node else {}
    return Observed(
        active_partners_by_category=_partners(given.get("active_partners_by_category")),
        partnership_depths=_depths(given.get("partnership_depths")),
        **{name: _number(given, name) for name in PLAIN_COUNTS},
    )


def _partners(node: Node | None) -> dict[str, float] | None:
    if node is None:
        return None
    by_category = {category: n.number() for category, n in node.members().items()}
    if not math.isfinite(sum(by_category.values())):
        node.refuse("adds up to too large a number.")
    return by_category


def _depths(node: Node | None) -> tuple[float, ...] | None:
    """Read the depths; a null among them is a tie that nobody rated."""
    if node is None:
        return None
    rated = (n for n in node.elements() if n.value is not None)
    return tuple(n.number(most=TOP_STEP) for n in rated)


def _assessed(node: Node | None, instrument: Instrument) -> Answers:
    """Read the answers; a null among them is a question left out."""
    given = node.members([i.id for i in instrument.asked]) if node else {}
    return {
        indicator: {
            group: tuple(
                answer.whole(0, TOP_STEP)
                for answer in answers.elements()
                if answer.value is not None
            )
            for group, answers in groups.members(tuple(instrument.groups)).items()
        }
        for indicator, groups in given.items()
    }
