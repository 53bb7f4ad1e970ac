"""Homes for administrators: to look up, correct and place; registers say the rest."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from leaflet.admin import LeafletGeoAdmin

from geo.models import Precision
from geo.widgets import MapWidget
from homes.models import Home, Registration

if TYPE_CHECKING:  # generic in the stubs alone
    HomeBase = admin.ModelAdmin[Home]
    InlineBase = admin.TabularInline[Registration, Home]
else:
    HomeBase, InlineBase = LeafletGeoAdmin, admin.TabularInline

PLACED_BY_HAND = "map"


class RegistrationInline(InlineBase):
    """What regulators say: for reading, since the next import would say it again."""

    model = Registration
    fields = ("regulator", "regulator_id", "provider", "beds", "from_on", "until")
    readonly_fields = fields
    can_delete = False
    max_num = 0


@admin.register(Home)
class HomeAdmin(HomeBase):
    """What is put right here stays, whatever the register says later."""

    widget = MapWidget
    list_display = ("name", "kind", "postcode", "local_authority", "is_demo")
    list_filter = ("kind", "local_authority", "is_demo")
    search_fields = ("name", "postcode", "registrations__regulator_id")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    # How precise a place is follows from who put it there: see save_model.
    exclude = ("location_precision", "location_source")
    readonly_fields = ("is_demo", "created_at", "updated_at")
    inlines = (RegistrationInline,)

    def save_model(
        self, request: HttpRequest, obj: Home, form: "ModelForm[Home]", change: bool
    ) -> None:
        """Save; a pin that was moved stands where somebody put it, exactly."""
        if "location" in form.changed_data:
            placed = obj.location is not None
            obj.location_precision = Precision.EXACT.value if placed else ""
            obj.location_source = PLACED_BY_HAND if placed else ""
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a home that has closed keeps its ties and its log."""
        return False
