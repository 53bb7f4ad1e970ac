"""Symbols drawn inside a sheet: a PDF fetches nothing, so no sprite either."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# As attributes: in a PDF, rules of the page do not reach inside a drawing.
_STROKES: Final = (
    'fill="none" stroke="#17524A" stroke-width="1.9" stroke-linecap="round" '
    'stroke-linejoin="round"'
)


@cache
def _symbols() -> dict[str, tuple[str, str]]:
    """Return the site's symbols by name: the box each is drawn in, and its lines."""
    sprite = Path(str(finders.find("frontend/icons.svg"))).read_text()
    found = re.findall(
        r'<symbol id="([^"]+)" viewBox="([^"]+)">(.*?)</symbol>', sprite, re.DOTALL
    )
    return {name: (box, lines) for name, box, lines in found}


@register.simple_tag
def drawn(name: str, css: str = "ic") -> SafeString:
    """Draw a symbol where it stands; the words beside it say it."""
    box, lines = _symbols()[name]
    return format_html(
        '<svg class="{}" viewBox="{}" aria-hidden="true" focusable="false" {}>{}</svg>',
        css,
        box,
        mark_safe("" if name == "mark" else _STROKES),  # noqa: S308 (our own words)
        mark_safe(lines),  # noqa: S308 (our own file)
    )
