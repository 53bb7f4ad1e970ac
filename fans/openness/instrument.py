"""The openness instrument: dimensions, indicators, bands and words, as data. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

TOP_STEP = 4
STEPS = range(TOP_STEP + 1)


class Kind(StrEnum):
    """How an indicator is seen."""

    COMPUTED = "computed"
    ASSESSED = "assessed"
    BOTH = "both"


class Formula(StrEnum):
    """How a raw value is made from the counts of the evidence."""

    PER_TEN_BEDS = "per_ten_beds"
    PER_BED = "per_bed"
    SHARE = "share"
    NUMBER = "number"
    EVENNESS = "evenness"


@dataclass(frozen=True)
class Raw:
    """A formula and the counts it reads, by their names in the evidence."""

    formula: Formula
    count: str | None = None
    of: str | None = None
    recorded_for: str | None = None  # the share is known if half of these have a record
    at_least: float = 0  # below this denominator the value is not known
    months_at_least: float = 0
    kinds: int = 2


@dataclass(frozen=True)
class Moves:
    """What would move a computed indicator, in a sentence for one more and for several.

    ``{more}``, ``{More}`` and ``{weeks}`` are filled in.
    """

    one: str
    more: str


@dataclass(frozen=True)
class Counted:
    """The computed half of an indicator: a raw value, and the cuts of its bands 1 to 4."""

    raw: Raw
    unit: str
    cuts: tuple[float, ...]
    moves: Moves


@dataclass(frozen=True)
class Rule:
    """In which homes an indicator does not apply: where every condition given holds.

    ``beds`` are occupied beds, from and to; a fact that is not known fulfils nothing.
    """

    why: str
    home_kinds: tuple[str, ...] = ()
    beds: tuple[float, float] | None = None

    def holds_for(self, home_kind: str | None, beds: float | None) -> bool:
        """Say whether a home of this kind and size is one of those meant."""
        if self.home_kinds and home_kind not in self.home_kinds:
            return False
        return self.beds is None or is_within(beds, self.beds)


@dataclass(frozen=True)
class Indicator:
    """One sign of openness, worth 0 to 4."""

    id: str
    dimension: str
    name: str
    question: str
    kind: Kind
    weight: float
    not_known: str
    counted: Counted | None
    anchors: tuple[str, ...]
    asked: tuple[str, ...]
    is_asked: bool  # in the assessment form
    is_rated_per_partnership: bool
    beside: str  # a counted half that is shown and does not score
    not_applicable: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Dimension:
    """One side of being open: the mean of its known indicators."""

    id: str
    name: str
    weight: float


@dataclass(frozen=True)
class Level:
    """A name for a stretch of the scale, from ``start`` (0 to 100) up to the next level."""

    id: str
    name: str
    start: float


@dataclass(frozen=True)
class Group:
    """Who answers. An answer given in office is one office holder's."""

    id: str
    name: str
    in_office: bool


@dataclass(frozen=True)
class Window:
    """The days that counts are taken from; longer for a small home."""

    days: int
    small_home_days: int
    small_home_beds: tuple[float, float]

    def is_small(self, beds: float | None) -> bool:
        """Say whether ``beds`` occupied beds make a small home."""
        return is_within(beds, self.small_home_beds)

    def days_for(self, beds: float | None) -> int:
        """Return how many days are counted in a home with ``beds`` occupied beds."""
        return self.small_home_days if self.is_small(beds) else self.days


def is_within(beds: float | None, limits: tuple[float, float]) -> bool:
    """Say whether so many beds lie between two whole numbers, both included."""
    least, most = limits
    return beds is not None and least <= beds < most + 1


@dataclass(frozen=True)
class Flags:
    """When a score carries a flag, and how the flag is put in words."""

    weeks_for_a_full_log: float
    groups_differ_by: float
    words: Mapping[str, str]


@dataclass(frozen=True)
class Texts:
    """The words that respondents read, in one language or way of saying.

    ``draft_note`` says, in that language, that nobody has checked it; "" where checked.
    """

    language: str
    language_name: str
    draft_note: str
    skip: str
    groups: Mapping[str, str]
    questions: Mapping[str, str]
    answers: Mapping[str, tuple[str, ...]]

    def question(self, id: str) -> str:
        """Return the question of the indicator ``id``."""
        return self.questions[id]

    def anchors(self, id: str) -> tuple[str, ...]:
        """Return the five answers to the indicator ``id``, from 0 to 4."""
        return self.answers[id]

    def group(self, id: str) -> str:
        """Return the name of the respondent group ``id``."""
        return self.groups[id]


@dataclass(frozen=True)
class Instrument:
    """A version of the instrument. ``texts`` are those that its own file brings along."""

    version: str
    algorithm: int
    title: str
    window: Window
    least_indicators: int
    least_dimensions: int
    levels: tuple[Level, ...]
    flags: Flags
    answer_moves: str
    at_the_top: str
    far_off: str
    groups: Mapping[str, Group]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    texts: Mapping[str, Texts] = field(default_factory=dict)

    def indicators_of(self, dimension: str) -> tuple[Indicator, ...]:
        """Return a dimension's indicators in order."""
        return tuple(i for i in self.indicators if i.dimension == dimension)

    def indicator(self, id: str) -> Indicator:
        """Return the indicator ``id``; ``KeyError`` if there is none."""
        for indicator in self.indicators:
            if indicator.id == id:
                return indicator
        raise KeyError(id)

    @property
    def has_rules(self) -> bool:
        """Whether some indicator does not apply in every home."""
        return any(i.not_applicable for i in self.indicators)

    def rules_out(self, home_kind: str | None, beds: float | None) -> dict[str, str]:
        """Return the indicators that do not apply in such a home, by id, and why."""
        found = {
            i.id: [rule.why for rule in i.not_applicable if rule.holds_for(home_kind, beds)]
            for i in self.indicators
        }
        return {id: whys[0] for id, whys in found.items() if whys}

    @property
    def asked(self) -> tuple[Indicator, ...]:
        """The indicators that the assessment form asks, in order."""
        return tuple(i for i in self.indicators if i.is_asked)
