"""What the map page says where a search found nothing because of a slip."""

from django import template
from django.contrib.gis.geos import Point

from frontend.context import map_at
from frontend.searching.answering import meant_by
from frontend.selection import Selection
from geo.srid import WGS84

register = template.Library()


@register.simple_tag
def meant_by_search(selection: Selection) -> str:
    """Return what was probably meant where the words are found nowhere; else ""."""
    if not selection.words or selection.assets().exists() or selection.homes().exists():
        return ""
    lat, lon, _ = map_at().split(",")
    middle = selection.middle or Point(float(lon), float(lat), srid=WGS84)
    return meant_by(selection.words, selection.allowed, middle)


@register.simple_tag
def with_words(selection: Selection, words: str) -> str:
    """Return the query of the same search with other words."""
    query = selection.filters
    query["q"] = f"{words} near {selection.spot.name}" if selection.spot else words
    return query.urlencode()
