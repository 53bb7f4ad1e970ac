"""Read an instrument from its JSON, and refuse one that does not hold together. Pure."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from fans.openness.evidence import COUNTS, HOME_KINDS
from fans.openness.instrument import (
    TOP_STEP,
    Counted,
    Dimension,
    Flags,
    Formula,
    Group,
    Indicator,
    Instrument,
    Kind,
    Level,
    Moves,
    Raw,
    Rule,
    Window,
)
from fans.openness.instrument_texts import five_answers, parse_every_text
from fans.openness.strict_json import Node, read

PUBLISHED = Path(__file__).resolve().parents[2] / "fixtures" / "instrument"
FLAG_NAMES = ("from_memory", "part_logged", "one_voice", "groups_differ", "small_home")
TOP_KEYS = (
    "version",
    "algorithm",
    "title",
    "window",
    "coverage",
    "levels",
    "flags",
    "moves",
    "groups",
    "dimensions",
    "indicators",
)
EVERY_INDICATOR = ("id", "dimension", "name", "question", "kind", "weight", "not_known")
COMPUTED_ONLY = ("raw", "unit", "cuts", "moves")
ASSESSED_ONLY = ("answered", "anchors", "asked")
FIRST_WITH_RULES = 2
"""The first algorithm that knows what does not apply in a home."""

ANSWERED = ("in_assessment", "per_partnership")

Row = TypeVar("Row", Group, Dimension, Indicator)


@cache
def published() -> Mapping[str, Instrument]:
    """Return the instruments in ``fixtures/instrument`` by version."""
    found = (parse_instrument(read(f.read_bytes())) for f in sorted(PUBLISHED.glob("v*.json")))
    return MappingProxyType({instrument.version: instrument for instrument in found})


def parse_instrument(node: Node) -> Instrument:
    """Turn a parsed document into an instrument.

    Raises:
        RefusedError: a part is missing, unknown or contradicts another.
    """
    given = _needed(node, TOP_KEYS, ("texts",))
    coverage = _needed(given["coverage"], ("indicators", "dimensions"))
    moves = _needed(given["moves"], ("answer", "top", "far"))
    groups = _unique([_group(n) for n in given["groups"].elements()], given["groups"])
    dimensions = _unique(
        [_dimension(n) for n in given["dimensions"].elements()], given["dimensions"]
    )
    indicators = _unique(
        [
            _indicator(n, tuple(dimensions), tuple(groups))
            for n in given["indicators"].elements()
        ],
        given["indicators"],
    )
    for dimension in dimensions:
        if all(i.dimension != dimension for i in indicators.values()):
            given["dimensions"].refuse(f"dimension {dimension} has no indicator.")
    algorithm = given["algorithm"].whole(1, 1_000)
    if algorithm < FIRST_WITH_RULES:
        _refuse_rules(given["indicators"])
    return Instrument(
        version=given["version"].text(),
        algorithm=algorithm,
        title=given["title"].text(),
        window=_window(given["window"]),
        least_indicators=coverage["indicators"].whole(1, len(indicators)),
        least_dimensions=coverage["dimensions"].whole(1, len(dimensions)),
        levels=_levels(given["levels"]),
        flags=_flags(given["flags"]),
        answer_moves=moves["answer"].text(),
        at_the_top=moves["top"].text(),
        far_off=moves["far"].text(),
        groups=MappingProxyType(groups),
        dimensions=tuple(dimensions.values()),
        indicators=tuple(indicators.values()),
        texts=parse_every_text(given.get("texts"), groups, indicators.values()),
    )


def _needed(
    node: Node, keys: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, Node]:
    given = node.members((*keys, *optional))
    for key in keys:
        if key not in given:
            node.refuse(f"lacks {key}.")
    return given


def _unique(rows: list[Row], node: Node) -> dict[str, Row]:
    by_id = {row.id: row for row in rows}
    if len(by_id) < len(rows):
        node.refuse("gives an id twice.")
    return by_id


def _numbers(node: Node) -> tuple[float, ...]:
    return tuple(n.number() for n in node.elements())


def _weight(node: Node) -> float:
    weight = node.number()
    if weight == 0:
        node.refuse("must be above 0.")
    return weight


def _window(node: Node) -> Window:
    given = _needed(node, ("days", "small_home_days", "small_home_beds"))
    return Window(
        days=given["days"].whole(1, 366),
        small_home_days=given["small_home_days"].whole(1, 366),
        small_home_beds=_from_and_to(given["small_home_beds"]),
    )


def _levels(node: Node) -> tuple[Level, ...]:
    rows = [_needed(n, ("id", "name", "from")) for n in node.elements()]
    levels = tuple(
        Level(row["id"].text(), row["name"].text(), row["from"].number(most=100))
        for row in rows
    )
    starts = [level.start for level in levels]
    if not starts or starts[0] != 0 or any(a >= b for a, b in pairwise(starts)):
        node.refuse("must begin at 0 and rise.")
    return levels


def _flags(node: Node) -> Flags:
    given = _needed(node, ("weeks_for_a_full_log", "groups_differ_by", "words"))
    words = _needed(given["words"], FLAG_NAMES)
    return Flags(
        weeks_for_a_full_log=given["weeks_for_a_full_log"].number(),
        groups_differ_by=given["groups_differ_by"].number(most=TOP_STEP),
        words=MappingProxyType({name: text.text() for name, text in words.items()}),
    )


def _group(node: Node) -> Group:
    given = _needed(node, ("id", "name", "in_office"))
    return Group(given["id"].text(), given["name"].text(), given["in_office"].flag())


def _dimension(node: Node) -> Dimension:
    given = _needed(node, ("id", "name", "weight"))
    return Dimension(given["id"].text(), given["name"].text(), _weight(given["weight"]))


def _indicator(node: Node, dimensions: tuple[str, ...], groups: tuple[str, ...]) -> Indicator:
    kind = Kind(_needed_kind(node))
    is_computed, is_assessed = kind is not Kind.ASSESSED, kind is not Kind.COMPUTED
    keys = (*EVERY_INDICATOR, *COMPUTED_ONLY * is_computed, *ASSESSED_ONLY * is_assessed)
    given = _needed(node, keys, ("beside", "not_applicable"))
    answered = given["answered"].one_of(ANSWERED) if is_assessed else ""
    return Indicator(
        id=given["id"].text(),
        dimension=given["dimension"].one_of(dimensions),
        name=given["name"].text(),
        question=given["question"].text(),
        kind=kind,
        weight=_weight(given["weight"]),
        not_known=given["not_known"].text(),
        counted=_counted(given) if is_computed else None,
        anchors=five_answers(given["anchors"]) if is_assessed else (),
        asked=(
            tuple(n.one_of(groups) for n in given["asked"].elements()) if is_assessed else ()
        ),
        is_asked=answered == "in_assessment",
        is_rated_per_partnership=answered == "per_partnership",
        beside=given["beside"].text() if "beside" in given else "",
        not_applicable=_rules(given.get("not_applicable")),
    )


def _rules(node: Node | None) -> tuple[Rule, ...]:
    return tuple(_rule(n) for n in node.elements()) if node else ()


def _rule(node: Node) -> Rule:
    given = _needed(node, ("why",), ("home_kind", "occupied_beds"))
    kinds = given["home_kind"].elements() if "home_kind" in given else []
    beds = given.get("occupied_beds")
    if not kinds and beds is None:
        node.refuse("must name a home_kind or occupied_beds: or it would hold everywhere.")
    return Rule(
        why=given["why"].text(),
        home_kinds=tuple(kind.one_of(HOME_KINDS) for kind in kinds),
        beds=_from_and_to(beds) if beds else None,
    )


def _from_and_to(node: Node) -> tuple[float, float]:
    numbers = _numbers(node)
    if len(numbers) != 2 or numbers[0] > numbers[1]:
        node.refuse("must be two numbers, from and to.")
    return numbers[0], numbers[1]


def _refuse_rules(node: Node) -> None:
    """Refuse rules that the algorithm named would pass over in silence."""
    for each in node.elements():
        given = each.members()
        if "not_applicable" in given:
            given["not_applicable"].refuse(f"needs algorithm {FIRST_WITH_RULES}.")


def _needed_kind(node: Node) -> str:
    given = node.members()
    if "kind" not in given:
        node.refuse("lacks kind.")
    return given["kind"].one_of(tuple(Kind))


def _counted(given: Mapping[str, Node]) -> Counted:
    return Counted(
        raw=_raw(given["raw"]),
        unit=given["unit"].text(),
        cuts=_cuts(given["cuts"]),
        moves=_moves(given["moves"]),
    )


def _raw(node: Node) -> Raw:
    optional = ("count", "of", "recorded_for", "at_least", "months_at_least", "kinds")
    given = _needed(node, ("formula",), optional)
    formula = Formula(given["formula"].one_of(tuple(Formula)))
    needed = {Formula.EVENNESS: ("kinds",), Formula.SHARE: ("count", "of")}
    for key in needed.get(formula, ("count",)):
        if key not in given:
            node.refuse(f"lacks {key}.")
    counts = {
        key: given[key].one_of(COUNTS) if key in given else None
        for key in ("count", "of", "recorded_for")
    }
    months = given.get("months_at_least")
    return Raw(
        formula,
        **counts,
        at_least=given["at_least"].number() if "at_least" in given else 0,
        months_at_least=months.number() if months else 0,
        kinds=given["kinds"].whole(2, 1_000) if "kinds" in given else 2,
    )


def _cuts(node: Node) -> tuple[float, ...]:
    cuts = _numbers(node)
    if len(cuts) != TOP_STEP or any(a >= b for a, b in pairwise(cuts)):
        node.refuse(f"must be {TOP_STEP} numbers that rise.")
    return cuts


def _moves(node: Node) -> Moves:
    given = _needed(node, ("one", "more"))
    return Moves(given["one"].text(), given["more"].text())
