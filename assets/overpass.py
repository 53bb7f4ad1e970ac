"""Answers of the Overpass API, turned into GeoJSON features. Pure.

Source: https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL (``out center``,
``out geom`` and ``out body``).
"""

from typing import Any

Nodes = dict[Any, list[Any]]

_EDGES = ("minlat", "minlon", "maxlat", "maxlon")


def features_of_elements(elements: list[Any]) -> list[Any]:
    """Return a feature for each element with tags; bare nodes only draw the ways."""
    nodes: Nodes = {
        element.get("id"): [element.get("lon"), element.get("lat")]
        for element in elements
        if isinstance(element, dict)
        and element.get("type") == "node"
        and isinstance(element.get("id"), int)
    }
    # What is no object goes through as it is, so that it is refused by its number.
    return [
        _feature(element, nodes) if isinstance(element, dict) else element
        for element in elements
        if not isinstance(element, dict) or element.get("tags")
    ]


def _feature(element: dict[str, Any], nodes: Nodes) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": f"{element.get('type')}/{element.get('id')}",
        "properties": _properties(element),
        "geometry": _geometry(element, nodes),
    }


def _properties(element: dict[str, Any]) -> Any:
    """Return the tags, and with ``out meta`` which version of the element this is."""
    tags = element["tags"]
    if not isinstance(tags, dict):
        return tags
    meta = {f"@{key}": element[key] for key in ("version", "timestamp") if key in element}
    return {**tags, **meta}


def _geometry(element: dict[str, Any], nodes: Nodes) -> dict[str, Any] | None:
    if element.get("type") == "node":
        return _point(element)
    if isinstance(element.get("geometry"), list):
        corners = [_pair(corner) for corner in element["geometry"]]
        return {"type": "LineString", "coordinates": corners}
    if isinstance(element.get("center"), dict):
        return _point(element["center"])
    if isinstance(element.get("members"), list):
        return _area(element)
    listed = element.get("nodes")
    if isinstance(listed, list) and listed:
        known = [nodes[i] for i in listed if isinstance(i, int) and i in nodes]
        if len(known) == len(listed):
            return {"type": "LineString", "coordinates": known}
    return None


def _area(relation: dict[str, Any]) -> dict[str, Any] | None:
    """Return a relation's closed outer rings; else the middle of its box (``out geom``)."""
    rings = [
        [_pair(corner) for corner in member["geometry"]]
        for member in relation["members"]
        if isinstance(member, dict)
        and member.get("role") in ("outer", "")
        and isinstance(member.get("geometry"), list)
    ]
    closed = [ring for ring in rings if len(ring) > 3 and ring[0] == ring[-1]]
    if closed and len(closed) == len(rings):
        return {"type": "MultiPolygon", "coordinates": [[ring] for ring in closed]}
    box = relation.get("bounds")
    given = [box.get(edge) for edge in _EDGES] if isinstance(box, dict) else []
    edges = [float(edge) for edge in given if isinstance(edge, float)]
    if len(edges) < len(_EDGES):
        return None
    south, west, north, east = edges
    return {"type": "Point", "coordinates": [(west + east) / 2, (south + north) / 2]}


def _point(place: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": _pair(place)}


def _pair(place: Any) -> list[Any]:
    return [place.get("lon"), place.get("lat")] if isinstance(place, dict) else []
