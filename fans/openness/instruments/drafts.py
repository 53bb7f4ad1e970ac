"""Read a draft more strictly than a published file: everything else here relies on it. Pure."""

import re
import string
from collections.abc import Collection, Iterator

from fans.openness.algorithms import ALGORITHMS
from fans.openness.instrument import Instrument
from fans.openness.instrument_file import parse_instrument
from fans.openness.strict_json import Node, read

MOST_BYTES = 1_000_000
MOST_CHARACTERS = 1_000
"""Of one text. No question or answer is as long as a page."""

LEAST_WEIGHT, MOST_WEIGHT = 0.01, 100

VERSION = re.compile(r"v[1-9][0-9]*(-[a-z0-9]+)*")
VERSION_CHARACTERS = 20
SIDE = re.compile(r"[A-Z]{1,2}")
SIGN = re.compile(r"(?P<side>[A-Z]{1,2})[1-9][0-9]?")
# What Postgres or UTF-8 cannot hold, and what no line of text has in it.
UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def read_draft(document: bytes | str, *, groups: Collection[str]) -> Instrument:
    """Read a draft from a JSON document.

    ``groups`` are those that answers can be stored of.

    Raises:
        RefusedError: anything in it is wrong; its path says where.
    """
    if len(document) > MOST_BYTES:
        Node(None).refuse(f"is larger than {MOST_BYTES:,} bytes.")
    return parse_draft(read(document), groups=groups)


def parse_draft(top: Node, *, groups: Collection[str]) -> Instrument:
    """Turn a parsed document into the instrument that a draft is.

    Raises:
        RefusedError: anything in it is wrong; its path says where.
    """
    instrument = parse_instrument(top)
    for text in _texts(top):
        _refuse_unreadable(text)
    given = top.members()
    if (
        not VERSION.fullmatch(instrument.version)
        or len(instrument.version) > VERSION_CHARACTERS
    ):
        given["version"].refuse(
            "must be v and a number, such as v2 or v2-pilot, of at most "
            f"{VERSION_CHARACTERS} characters."
        )
    if instrument.algorithm not in ALGORITHMS:
        known = " or ".join(map(str, ALGORITHMS))
        given["algorithm"].refuse(f"must be {known}: there is no other way of scoring yet.")
    for node in given["groups"].elements():
        node.members()["id"].one_of(tuple(groups))
    _check_ids(given, instrument)
    _check_weights(given)
    _check_places(given, instrument)
    return instrument


def _texts(node: Node) -> Iterator[Node]:
    """Give every text of a document, and every name that a value has in it."""
    if isinstance(node.value, dict):
        for name, child in node.members().items():
            yield Node(name, node.path)
            yield from _texts(child)
    elif isinstance(node.value, list):
        for child in node.elements():
            yield from _texts(child)
    elif isinstance(node.value, str):
        yield node


def _refuse_unreadable(node: Node) -> None:
    text = str(node.value)
    if len(text) > MOST_CHARACTERS:
        node.refuse(f"is longer than {MOST_CHARACTERS:,} characters.")
    if UNREADABLE.search(text):
        node.refuse("holds a character that cannot be shown.")
    if text and not text.strip():
        node.refuse("holds nothing but spaces.")


def _check_ids(given: dict[str, Node], instrument: Instrument) -> None:
    for node, side in zip(given["dimensions"].elements(), instrument.dimensions, strict=True):
        if not SIDE.fullmatch(side.id):
            node.members()["id"].refuse("must be one or two capital letters, such as A.")
    for node, sign in zip(given["indicators"].elements(), instrument.indicators, strict=True):
        found = SIGN.fullmatch(sign.id)
        if found is None or found["side"] != sign.dimension:
            node.members()["id"].refuse(
                f"must be its side and a number, such as {sign.dimension}1."
            )
        if sign.is_asked and not sign.asked:
            node.members()["asked"].refuse("must name a group: nobody is asked.")


def _check_weights(given: dict[str, Node]) -> None:
    for node in (*given["dimensions"].elements(), *given["indicators"].elements()):
        weight = node.members()["weight"]
        if not LEAST_WEIGHT <= weight.number() <= MOST_WEIGHT:
            weight.refuse(f"must be from {LEAST_WEIGHT:g} to {MOST_WEIGHT:g}.")


def _check_places(given: dict[str, Node], instrument: Instrument) -> None:
    """See that every place in a sentence is one that is filled in."""
    moves = given["moves"].members()
    _check_place(moves["answer"], {"anchor"})
    _check_place(moves["far"], {"cut", "unit"})
    for node, sign in zip(given["indicators"].elements(), instrument.indicators, strict=True):
        if sign.counted:
            sentences = node.members()["moves"].members()
            for sentence in sentences.values():
                _check_place(sentence, {"more", "More", "weeks"})


def _check_place(node: Node, places: Collection[str]) -> None:
    try:
        parts = list(string.Formatter().parse(node.text()))
    except ValueError:
        node.refuse("has a curly bracket without its partner.")
    for _, name, form, conversion in parts:
        if name is not None and (name not in places or form or conversion):
            node.refuse(
                f"may hold no place but {', '.join(f'{{{p}}}' for p in sorted(places))}."
            )
