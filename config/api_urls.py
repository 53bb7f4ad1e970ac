"""Addresses of the REST API, version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from assets.api import AssetViewSet, CategoryViewSet

router = SimpleRouter()
router.register("assets", AssetViewSet, basename="assets")
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
                    *router.urls,
                ],
                "api",
            )
        ),
    ),
]
