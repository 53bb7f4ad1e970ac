"""Pages of words: what this is, and how it treats people."""

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Q
from django.views.generic import TemplateView

from assets.models import Asset, CheckState
from assets.provenance import holdings
from fans.openness.respond.cookies import DEVICE, DEVICE_DAYS, SHEET, SHEET_DAYS
from fans.people.privacy.retention import rules
from frontend.context import map_ground
from geo.beyond import service
from homes.models import Home

_COOKIE_PREFIX: Final = "__Host-" if settings.HTTPS else "fans-"
LINK_COOKIES: Final = (
    *("invitation", "volunteer-link", "volunteer-adult"),
    *("place-right", "place-edit", "place-gone", "place-undo", "place-claim", "own-claim"),
    *("tie-answer", "tie-undo", "quick-code", "quick-sheet", "answer-code"),
)
"""What keeps the code of a mailed link, out of the address, until it is answered."""


class StaticPage(TemplateView):
    """A page of words; what the operator has set is named in it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who runs the site, whom it asks outside, and what it leaves in a browser."""
        ground = map_ground()
        return super().get_context_data(
            operator=settings.OPERATOR,
            operator_contact=settings.OPERATOR_CONTACT,
            tile_host=urlsplit(settings.TILE_URL).hostname or "",
            tile_attribution=ground["tile_attribution"] if ground["tile_url"] else "",
            geocoder=getattr(service(), "label", ""),
            session_cookie=settings.SESSION_COOKIE_NAME,
            session_days=settings.SESSION_LASTS_DAYS,
            session_days_near_people=settings.SESSION_LASTS_DAYS_PERSON_LEVEL,
            csrf_cookie=settings.CSRF_COOKIE_NAME,
            link_cookies=[f"{_COOKIE_PREFIX}{name}" for name in LINK_COOKIES],
            sheet_cookie=f"{_COOKIE_PREFIX}{SHEET}",
            sheet_days=SHEET_DAYS,
            device_cookie=f"{_COOKIE_PREFIX}{DEVICE}",
            device_days=DEVICE_DAYS,
            **kwargs,
        )


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
            homes_count=homes,
            places_count=places["all"],
            checked_percent=share,
            may_add=self.request.user.has_perm("assets.add"),
            **kwargs,
        )


landing = Landing.as_view()
how_it_works = StaticPage.as_view(template_name="frontend/how_it_works.html")
cookies = StaticPage.as_view(template_name="frontend/cookies.html")
accessibility = StaticPage.as_view(template_name="frontend/accessibility.html")
help_page = StaticPage.as_view(template_name="frontend/help.html")


class Privacy(StaticPage):
    """What is kept about whom, why, and how long."""

    template_name = "frontend/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how long what is kept."""
        return super().get_context_data(kept=rules(), **kwargs)


privacy = Privacy.as_view()


class Sources(StaticPage):
    """Whose data this is, under which licences, and how to take it."""

    template_name = "frontend/sources.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where the public places come from."""
        return super().get_context_data(holdings=holdings(), **kwargs)


sources = Sources.as_view()
