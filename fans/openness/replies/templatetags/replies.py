"""Pictures of the one page, held in the page itself: so they print, and stand in a PDF."""

import base64
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fans.openness.chart import SHAPES, Mark

register = template.Library()


@register.simple_tag
def svg_image(name: str, css_class: str, alt: str, **context: Any) -> SafeString:
    """Draw ``replies/svg/<name>.svg`` as an image; a PDF for all wants ``alt`` of each."""
    drawn = render_to_string(f"replies/svg/{name}.svg", context)
    held = base64.b64encode(drawn.encode()).decode()
    return format_html(
        '<img class="{}" src="data:image/svg+xml;base64,{}" alt="{}">', css_class, held, alt
    )


@register.simple_tag
def level_door(number: int, name: str) -> SafeString:
    """Draw one of the four doors, in black and white; its name stands beside it."""
    return svg_image(f"level-{number}", "door", f"Door: {name}")


@register.simple_tag
def month_key(month: int) -> SafeString:
    """Draw the mark of a wave; its month stands beside it."""
    return svg_image(
        "key", "key", f"Mark of month {month}:", mark=Mark(SHAPES[month], "0", "0")
    )
