"""An instrument as JSON: always the same keys, in the same order, byte for byte. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from fans.openness.instrument import Formula, Indicator, Instrument, Raw, Rule
from fans.openness.instrument_texts import texts_as_json


def instrument_as_text(instrument: Instrument) -> str:
    """Return the JSON of an instrument; the same instrument gives the same bytes."""
    body = instrument_as_json(instrument)
    return json.dumps(body, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def instrument_as_json(instrument: Instrument) -> dict[str, Any]:
    """Return an instrument in the shape that ``parse_instrument`` reads."""
    window, flags = instrument.window, instrument.flags
    body: dict[str, Any] = {
        "version": instrument.version,
        "algorithm": instrument.algorithm,
        "title": instrument.title,
        "window": {
            "days": window.days,
            "small_home_days": window.small_home_days,
            "small_home_beds": list(window.small_home_beds),
        },
        "coverage": {
            "indicators": instrument.least_indicators,
            "dimensions": instrument.least_dimensions,
        },
        "levels": [{"id": x.id, "name": x.name, "from": x.start} for x in instrument.levels],
        "flags": {
            "weeks_for_a_full_log": flags.weeks_for_a_full_log,
            "groups_differ_by": flags.groups_differ_by,
            "words": dict(flags.words),
        },
        "moves": {
            "answer": instrument.answer_moves,
            "top": instrument.at_the_top,
            "far": instrument.far_off,
        },
        "groups": [
            {"id": g.id, "name": g.name, "in_office": g.in_office}
            for g in instrument.groups.values()
        ],
        "dimensions": [
            {"id": d.id, "name": d.name, "weight": d.weight} for d in instrument.dimensions
        ],
        "indicators": [_indicator(i) for i in instrument.indicators],
    }
    if instrument.texts:
        body["texts"] = {key: texts_as_json(t) for key, t in instrument.texts.items()}
    return body


def fingerprint(body: Mapping[str, Any]) -> str:
    """Return what tells a stored body from any other."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _indicator(indicator: Indicator) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": indicator.id,
        "dimension": indicator.dimension,
        "name": indicator.name,
        "question": indicator.question,
        "kind": indicator.kind.value,
        "weight": indicator.weight,
    }
    if indicator.counted:
        counted = indicator.counted
        body |= {
            "raw": _raw(counted.raw),
            "unit": counted.unit,
            "cuts": list(counted.cuts),
            "moves": {"one": counted.moves.one, "more": counted.moves.more},
        }
    if indicator.anchors:
        body |= {
            "answered": "in_assessment" if indicator.is_asked else "per_partnership",
            "anchors": list(indicator.anchors),
            "asked": list(indicator.asked),
        }
    body["not_known"] = indicator.not_known
    if indicator.beside:
        body["beside"] = indicator.beside
    if indicator.not_applicable:
        body["not_applicable"] = [_rule(rule) for rule in indicator.not_applicable]
    return body


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        **({"home_kind": list(rule.home_kinds)} if rule.home_kinds else {}),
        **({"occupied_beds": list(rule.beds)} if rule.beds else {}),
        "why": rule.why,
    }


def _raw(raw: Raw) -> dict[str, Any]:
    """Leave out what is as it is where nothing is said."""
    body: dict[str, Any] = {"formula": raw.formula.value}
    for key in ("count", "of", "recorded_for"):
        if getattr(raw, key) is not None:
            body[key] = getattr(raw, key)
    for key in ("at_least", "months_at_least"):
        if getattr(raw, key):
            body[key] = getattr(raw, key)
    if raw.formula is Formula.EVENNESS or raw.kinds != Raw(raw.formula).kinds:
        body["kinds"] = raw.kinds
    return body
