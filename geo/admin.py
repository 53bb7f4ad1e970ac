"""For administrators: areas, to look up, name and draw; what checks of the map found."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from leaflet.admin import LeafletGeoAdmin

from geo.models import Area, PyramidCheck
from geo.widgets import MapWidget

if TYPE_CHECKING:  # generic in the stubs alone
    AreaBase = admin.ModelAdmin[Area]
    CheckBase = admin.ModelAdmin[PyramidCheck]
else:
    AreaBase = LeafletGeoAdmin
    CheckBase = admin.ModelAdmin


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


@admin.register(PyramidCheck)
class PyramidCheckAdmin(CheckBase):
    """Each comparison of the map's counts with the places; nothing here can be changed."""

    list_display = ("checked_at", "cells", "different")
    list_filter = ("checked_at",)
    readonly_fields = ("checked_at", "cells", "different")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say that checks are made by a job or a command alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say that a finding stays as it is."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say that a finding stays."""
        return False
