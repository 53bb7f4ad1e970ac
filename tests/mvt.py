"""Reads a vector tile back, so that tests see what a browser would.

A reader of its own, after the format's text: https://github.com/mapbox/vector-tile-spec
(version 2.1), sections 4.1 to 4.4.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Feature:
    """One feature: its kind (1 points, 3 polygon), its first point, what it says."""

    kind: int
    at: tuple[int, int]
    properties: dict[str, Any]
    points: int = 1  # how many its first command draws


def read_tile(data: bytes) -> dict[str, list[Feature]]:
    """Return the features of each layer by the layer's name."""
    layers: dict[str, list[Feature]] = {}
    for number, value in _fields(data):
        if number == 3:
            name, features = _layer(value)
            layers[name] = features
    return layers


def _layer(data: bytes) -> tuple[str, list[Feature]]:
    name, raw, keys, values = "", [], [], []
    for number, value in _fields(data):
        if number == 1:
            name = value.decode()
        elif number == 2:
            raw.append(value)
        elif number == 3:
            keys.append(value.decode())
        elif number == 4:
            values.append(_value(value))
    return name, [_feature(item, keys, values) for item in raw]


def _feature(data: bytes, keys: list[str], values: list[Any]) -> Feature:
    kind, tags, geometry = 0, [], []
    for number, value in _fields(data):
        if number == 2:
            tags = list(_varints(value))
        elif number == 3:
            kind = value
        elif number == 4:
            geometry = list(_varints(value))
    pairs = zip(tags[::2], tags[1::2], strict=True)
    at = (_unzigzag(geometry[1]), _unzigzag(geometry[2]))
    properties = {keys[key]: values[value] for key, value in pairs}
    return Feature(kind, at, properties, points=geometry[0] >> 3)


def _value(data: bytes) -> Any:
    number, value = next(iter(_fields(data)))
    if number == 1:
        return value.decode()
    if number == 3:
        return struct.unpack("<d", value)[0]
    if number == 6:
        return _unzigzag(value)
    return value


def _unzigzag(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def _varints(data: bytes) -> Iterator[int]:
    position = 0
    while position < len(data):
        number, position = _varint(data, position)
        yield number


def _varint(data: bytes, position: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[position]
        position += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return number, position


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    position = 0
    while position < len(data):
        key, position = _varint(data, position)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, position = _varint(data, position)
        else:
            if kind == 2:
                length, position = _varint(data, position)
            else:
                length = 8 if kind == 1 else 4
            value = data[position : position + length]
            position += length
        yield number, value
