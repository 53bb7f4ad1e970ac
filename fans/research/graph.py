"""The network as GraphML: homes and partners, joined by ties. Pure.

Source: http://graphml.graphdrawing.org/specification.html
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

NODE_KEYS: Final = {
    "kind": "string",  # home or partner
    "area": "string",
    "type": "string",
    "bed_band": "string",
    "partner_kind": "string",
    "category": "string",
    "abcd_type": "string",
}
EDGE_KEYS: Final = {
    "weight": "int",
    "weight_in": "int",
    "weight_out": "int",
    "weight_online": "int",
    "weight_letter": "int",
    "status": "string",
}

Data = Mapping[str, str | int]


def graphml(
    nodes: Iterable[tuple[str, Data]], edges: Iterable[tuple[str, str, Data]]
) -> Iterator[bytes]:
    """Write an undirected graph; attributes with an empty text are left out."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for owner, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, type_ in keys.items():
            yield (
                f'<key id="{owner}.{name}" for="{owner}" attr.name="{name}"'
                f' attr.type="{type_}"/>\n'
            ).encode()
    yield b'<graph edgedefault="undirected">\n'
    for id, data in nodes:
        yield f"<node id={quoteattr(id)}>{_data('node', data)}</node>\n".encode()
    for source, target, data in edges:
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        yield f"<edge {ends}>{_data('edge', data)}</edge>\n".encode()
    yield b"</graph>\n</graphml>\n"


def _data(owner: str, data: Data) -> str:
    return "".join(
        f'<data key="{owner}.{name}">{escape(str(value))}</data>'
        for name, value in data.items()
        if value != ""
    )
