"""Assets for administrators: to look up, correct, hide and close."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from leaflet.admin import LeafletGeoAdmin

from assets.models import Asset
from geo.widgets import MapWidget

if TYPE_CHECKING:  # generic in the stubs alone
    AssetBase = admin.ModelAdmin[Asset]
else:
    AssetBase = LeafletGeoAdmin


@admin.register(Asset)
class AssetAdmin(AssetBase):
    """What came from where is kept: a source's own words are read-only."""

    widget = MapWidget
    list_display = ("name", "category", "visibility", "state", "check_state", "source")
    list_filter = ("visibility", "state", "check_state", "source", "category")
    search_fields = ("name",)  # shows the box; get_search_results does the search
    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    exclude = ("outline", "client_uuid")
    readonly_fields = (
        "source",
        "source_ref",
        "source_values",
        "created_by",
        "created_at",
        "updated_at",
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search as everywhere: by the index, without accents."""
        return Asset.objects.filter(pk__in=queryset).matching(search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: places are added on their own page, which knows who and where."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a place that is gone is closed, and keeps its ties."""
        return False
