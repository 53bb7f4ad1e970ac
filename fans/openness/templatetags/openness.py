"""A home's openness as parts that other rooms' pages can include."""

from typing import Any

from django import template

from fans.openness.reports import Overview, overview_of
from homes.models import Home

register = template.Library()


@register.inclusion_tag("openness/parts/card.html")
def openness_card(home: Home) -> dict[str, Any]:
    """Show level, lived and felt, the eight sides and their table, and the way to more.

    For those who may see the home's score; the page that includes it asks.
    """
    return {"home": home, "overview": overview_of(home)}


@register.inclusion_tag("openness/parts/dumbbells.html")
def dumbbell_chart(overview: Overview) -> dict[str, Any]:
    """Draw the eight sides over the waves, for wide screens and for phones."""
    return {"overview": overview}


@register.inclusion_tag("openness/parts/sides_table.html")
def sides_table(overview: Overview) -> dict[str, Any]:
    """Give the chart's numbers as a table, each with the way to what lies behind it."""
    return {"overview": overview}
