"""Pages of words: what this is, and how it treats people."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Q
from django.utils.functional import SimpleLazyObject
from django.views.generic import TemplateView

from assets.models import Asset, CheckState
from assets.provenance import holdings
from frontend.kept import kept
from geo.beyond import service
from homes.models import Home


class StaticPage(TemplateView):
    """A page of words; what the operator has set is named in it."""

    extra_context: dict[str, Any] = {
        "tile_host": urlsplit(settings.TILE_URL).hostname or "",
        "geocoder": SimpleLazyObject(lambda: getattr(service(), "label", "")),
        "tile_attribution": settings.TILE_ATTRIBUTION if settings.TILE_URL else "",
    }


class Landing(StaticPage):
    """The first page: whose map, why, and three things to do; how much is on it."""

    template_name = "frontend/landing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what anybody may count: homes, places, and how many are checked."""
        fresh = Count("pk", filter=Q(check_state=CheckState.FRESH))
        places = Asset.objects.published().aggregate(all=Count("pk"), fresh=fresh)
        share = round(100 * places["fresh"] / places["all"]) if places["all"] else 0
        homes = Home.objects.registered().count()
        return super().get_context_data(
            homes_count=homes, places_count=places["all"], checked_percent=share, **kwargs
        )


landing = Landing.as_view()
how_it_works = StaticPage.as_view(template_name="frontend/how_it_works.html")
cookies = StaticPage.as_view(
    template_name="frontend/cookies.html",
    extra_context={
        **(StaticPage.extra_context or {}),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_days": settings.SESSION_LASTS_DAYS,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    },
)
accessibility = StaticPage.as_view(template_name="frontend/accessibility.html")
help_page = StaticPage.as_view(template_name="frontend/help.html")


class Privacy(StaticPage):
    """What is kept about whom, why, and how long."""

    template_name = "frontend/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who runs the site, and how long what is kept."""
        return super().get_context_data(
            kept=kept(),
            operator=settings.OPERATOR,
            operator_contact=settings.OPERATOR_CONTACT,
            **kwargs,
        )


privacy = Privacy.as_view()


class Sources(StaticPage):
    """Whose data this is, under which licences, and how to take it."""

    template_name = "frontend/sources.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where the public places come from."""
        return super().get_context_data(holdings=holdings(), **kwargs)


sources = Sources.as_view()
