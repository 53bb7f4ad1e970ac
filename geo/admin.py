"""Areas for administrators: to look up, name, and draw by hand."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from leaflet.admin import LeafletGeoAdmin

from geo.models import Area
from geo.widgets import MapWidget

if TYPE_CHECKING:  # generic in the stubs alone
    AreaBase = admin.ModelAdmin[Area]
else:
    AreaBase = LeafletGeoAdmin


@admin.register(Area)
class AreaAdmin(AreaBase):
    """Many areas at once come by ``load_areas``; one that is missing is drawn here."""

    widget = MapWidget
    list_display = ("name", "kind", "code", "source")
    list_filter = ("kind", "source")
    search_fields = ("name", "code")
    readonly_fields = ("is_demo",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: people's roles hang on areas."""
        return False
