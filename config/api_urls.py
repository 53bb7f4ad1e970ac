"""Addresses of the REST API, version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from assets.api import AssetViewSet, CategoryViewSet
from fans.connections.api import ConnectionViewSet, PartnershipViewSet
from fans.connections.wishes.api import WishViewSet
from fans.openness.api import CohortViewSet, ScoreViewSet, WaveViewSet
from fans.people.volunteers.api import VolunteerViewSet
from frontend.api_places import AreaViewSet, GeocodeView
from homes.api import HomeViewSet

router = SimpleRouter()
router.register("homes", HomeViewSet, basename="homes")
router.register("areas", AreaViewSet, basename="areas")
router.register("assets", AssetViewSet, basename="assets")
router.register("partnerships", PartnershipViewSet, basename="partnerships")
router.register("connections", ConnectionViewSet, basename="connections")
router.register("volunteers", VolunteerViewSet, basename="volunteers")
router.register("wishes", WishViewSet, basename="wishes")
router.register("cohorts", CohortViewSet, basename="cohorts")
router.register("waves", WaveViewSet, basename="waves")
router.register("scores", ScoreViewSet, basename="scores")
router.register("categories", CategoryViewSet, basename="categories")

urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path("schema/", SpectacularAPIView.as_view(), name="schema"),
                    path(
                        "docs/",
                        SpectacularSwaggerSplitView.as_view(url_name="api:schema"),
                        name="docs",
                    ),
                    path("geocode/", GeocodeView.as_view(), name="geocode"),
                    *router.urls,
                ],
                "api",
            )
        ),
    ),
]
