"""The components that pages are put together from."""

from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from frontend.categories import FAMILY_OF
from frontend.wording import distance_words, since_words, span_words

register = template.Library()


def _symbol(name: str, classes: str, view_box: str, label: str = "") -> SafeString:
    width, height = view_box.split()[2:]
    use = format_html('<use href="{}#{}"/>', static("frontend/icons.svg"), name)
    if label:
        return format_html(
            '<svg class="{}" viewBox="{}" width="{}" height="{}" role="img" '
            'aria-label="{}">{}</svg>',
            classes,
            view_box,
            width,
            height,
            label,
            use,
        )
    return format_html(
        '<svg class="{}" viewBox="{}" width="{}" height="{}" aria-hidden="true" '
        'focusable="false">{}</svg>',
        classes,
        view_box,
        width,
        height,
        use,
    )


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """Draw a symbol of the sprite; without a label the words beside it must say it."""
    return _symbol(f"i-{name}", f"ic {size}".strip(), "0 0 24 24", label)


@register.simple_tag
def mark() -> SafeString:
    """Draw the programme's mark: a front door under a fanlight, ajar."""
    return _symbol("mark", "mark", "0 0 48 48")


@register.simple_tag
def level_picture(level: int) -> SafeString:
    """Draw one of the four doors: 1 looking inward to 4 part of the neighbourhood."""
    return _symbol(f"level-{level}", "lvl", "0 0 112 72")


@register.simple_tag
def category_icon(category: Any, size: str = "") -> SafeString:
    """Draw a kind of place (a category or its slug) in its ring and family colour."""
    slug = str(getattr(category, "slug", category))
    return format_html(
        '<span class="cat {} f-{}">{}</span>',
        size,
        FAMILY_OF.get(slug, "serve"),
        icon(slug),
    )


@register.simple_tag
def home_icon(size: str = "") -> SafeString:
    """Draw a care home: an arch, so that its shape tells it from a place."""
    return format_html('<span class="cat home {}">{}</span>', size, mark())


AGE_SYMBOLS = {"fresh": "check", "due": "clock", "stale": "alert"}


@register.inclusion_tag("frontend/tags/age_badge.html")
def age_badge(
    check_state: str, checked_on: date | None = None, how: str = ""
) -> dict[str, Any]:
    """Say how long ago something was checked, in words with a symbol."""
    today = timezone.localdate()
    return {
        "state": check_state,
        "symbol": AGE_SYMBOLS.get(check_state, "clock"),
        "since": since_words(checked_on, today) if checked_on else "",
        "span": span_words(checked_on, today) if checked_on else "",
        "how": how,
    }


@register.inclusion_tag("frontend/tags/pagination.html", takes_context=True)
def pagination(
    context: RequestContext, page: Page[Any], label: str = "Pages"
) -> dict[str, Any]:
    """Link to the page before and after, keeping every other filter."""
    return {"page": page, "label": label, "request": context.get("request")}


@register.inclusion_tag("frontend/tags/empty_state.html")
def empty_state(
    title: str, text: str, url: str = "", action: str = "", level: int = 0
) -> dict[str, Any]:
    """An empty page that starts something: what to do first, and the way there."""
    return {"title": title, "text": text, "url": url, "action": action, "level": level}


@register.filter
def distance(metres: Any) -> str:
    """Say metres (a number or a GeoDjango distance) as "350 m" or "1.2 km"."""
    if metres in (None, ""):
        return ""
    return distance_words(float(getattr(metres, "m", metres)))


@register.filter
def since(day: date | None) -> str:
    """Say how long ago a day was."""
    return since_words(day, timezone.localdate()) if day else ""


@register.filter
def initials(name: str) -> str:
    """Shorten a name to the two letters of its disc."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def undo_url(message: Any) -> str:
    """Give the address that takes back what a message reports, if it says so.

    Set by ``messages.success(request, "Saved.", extra_tags=f"undo:{url}")``.
    """
    tag = str(message.extra_tags or "")
    url = tag.removeprefix("undo:") if tag.startswith("undo:") else ""
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


@register.filter
def unlocalised(degrees: float) -> str:
    """Write degrees for an address: five decimals, a metre or so, with a point."""
    return f"{degrees:.5f}"
