"""Every address of the site. Each name has its row in ``fans.people.table``."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    # First, for the tiles: a map asks for dozens, and every pattern before costs each.
    path("", include("frontend.urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("fans.people.account_urls")),
    path("api/v1/", include("config.api_urls")),
    path("", include("fans.people.urls")),
    path("", include("fans.people.audit.urls")),
    path("", include("fans.people.consent.urls")),
    path("", include("fans.people.partners.urls")),
    path("", include("fans.people.post.urls")),
    path("", include("fans.people.privacy.urls")),
    path("", include("fans.people.safeguarding.urls")),
    path("", include("fans.people.volunteers.urls")),
    path("", include("fans.research.urls")),
    path("", include("fans.learning.urls")),
    path("", include("fans.openness.urls")),
    path("", include("fans.openness.aggregates.urls")),
    path("", include("fans.openness.board.urls")),
    path("", include("fans.openness.instruments.urls")),
    path("", include("fans.openness.lived.urls")),
    path("", include("fans.openness.pulse.urls")),
    path("", include("fans.openness.replies.urls")),
    path("", include("fans.openness.respond.urls")),
    path("", include("fans.openness.waves.urls")),
    path("", include("fans.connections.urls")),
    path("", include("fans.connections.gaps.urls")),
    path("", include("fans.connections.layers.urls")),
    path("", include("fans.connections.grid.urls")),
    path("", include("fans.connections.matches.urls")),
    path("", include("fans.connections.nudges.urls")),
    path("", include("fans.connections.pictures.urls")),
    path("", include("fans.connections.prints.urls")),
    path("", include("fans.connections.quick.urls")),
    path("", include("fans.connections.steps.urls")),
    path("", include("fans.connections.ties.urls")),
    path("", include("fans.connections.wishes.urls")),
    path("", include("assets.checking.urls")),
    path("", include("assets.photos.urls")),
    path("", include("assets.proposals.urls")),
    path("", include("assets.rounds.urls")),
    path("", include("assets.twins.urls")),
    path("", include("assets.urls")),
    path("", include("homes.welcome.urls")),
    path("", include("homes.urls")),
    path("", include("intake.urls")),
]
handler400 = "frontend.views.errors.bad_request"
handler403 = "frontend.views.errors.forbidden"
handler404 = "frontend.views.errors.not_found"
handler500 = "frontend.views.errors.server_error"
