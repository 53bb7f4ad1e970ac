"""Pages that hold no records: what this is, and how it treats people."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.views.generic import TemplateView


class StaticPage(TemplateView):
    """A page of words; what the operator has set is named in it."""

    extra_context: dict[str, Any] = {
        "tile_host": urlsplit(settings.TILE_URL).hostname or "",
        "tile_attribution": settings.TILE_ATTRIBUTION if settings.TILE_URL else "",
    }


landing = StaticPage.as_view(template_name="frontend/landing.html")
how_it_works = StaticPage.as_view(template_name="frontend/how_it_works.html")
privacy = StaticPage.as_view(template_name="frontend/privacy.html")
accessibility = StaticPage.as_view(template_name="frontend/accessibility.html")
help_page = StaticPage.as_view(template_name="frontend/help.html")
sources = StaticPage.as_view(template_name="frontend/sources.html")
