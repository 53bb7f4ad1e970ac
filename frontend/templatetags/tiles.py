"""What a page asks for ahead of its map."""

from typing import Any

from django import template

from frontend.first_tiles import first_tiles

register = template.Library()


@register.inclusion_tag("frontend/tags/first_tiles.html", takes_context=True)
def ask_for_first_tiles(context: dict[str, Any]) -> dict[str, Any]:
    """Ask for the tiles that the page's map is sure to need."""
    return {"tiles": first_tiles(context["request"], context["selection"], context["at"])}
