"""Reads of a vector tile what a bench has to know: how many features, and what they count."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_LAYER: Final = 3
_FEATURE, _KEY, _VALUE = 2, 3, 4
_TAGS: Final = 2
_NUMBERS: Final = {4: False, 5: False, 6: True}  # int64, uint64, sint64


@dataclass(frozen=True)
class Held:
    """What a tile holds: ``features``, and how many things those stand for."""

    features: int
    counted: int


def read_tile(data: bytes) -> Held:
    """Count the features of all layers; one with a property ``n`` stands for so many."""
    features = counted = 0
    for number, layer in _fields(data):
        if number == _LAYER and isinstance(layer, bytes):
            several, sum_of_them = _read_layer(layer)
            features, counted = features + several, counted + sum_of_them
    return Held(features, counted)


def _read_layer(layer: bytes) -> tuple[int, int]:
    keys: list[bytes] = []
    values: list[int] = []
    tags: list[list[int]] = []
    for number, part in _fields(layer):
        if not isinstance(part, bytes):
            continue
        if number == _KEY:
            keys.append(part)
        elif number == _VALUE:
            values.append(_number_in(part))
        elif number == _FEATURE:
            packed = [p for n, p in _fields(part) if n == _TAGS and isinstance(p, bytes)]
            tags.append(list(_varints(packed[0])) if packed else [])
    n = keys.index(b"n") if b"n" in keys else -1
    counted = 0
    for each in tags:
        pairs = dict(zip(each[::2], each[1::2], strict=True))
        counted += values[pairs[n]] if n in pairs else 1
    return len(tags), counted


def _number_in(value: bytes) -> int:
    for number, part in _fields(value):
        if number in _NUMBERS and isinstance(part, int):
            return (part >> 1) ^ -(part & 1) if _NUMBERS[number] else part
        if number == 3 and isinstance(part, bytes):  # a double, as PostGIS writes numerics
            return int(struct.unpack("<d", part)[0])
    return 0


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield number, value
            continue
        if kind == _BYTES:
            size, at = _varint(data, at)
        else:
            size = {_FIXED_64: 8, _FIXED_32: 4}[kind]
        yield number, data[at : at + size]
        at += size


def _varints(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _varint(data, at)
        yield value


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
