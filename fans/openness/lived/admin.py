"""What the nightly checks found, for administrators to read."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from fans.openness.lived.models import Difference, NightlyCheck

if TYPE_CHECKING:  # generic in the stubs alone
    CheckBase = admin.ModelAdmin[NightlyCheck]
    InlineBase = admin.TabularInline[Difference, NightlyCheck]
else:
    CheckBase, InlineBase = admin.ModelAdmin, admin.TabularInline


class DifferenceInline(InlineBase):
    """The homes that differed: what was stored, and what their logs say."""

    model = Difference
    fields = readonly_fields = ("home", "as_of", "stored", "found")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say that only the check itself finds anything."""
        return False


@admin.register(NightlyCheck)
class NightlyCheckAdmin(CheckBase):
    """Each night's check; nothing here can be changed."""

    list_display = ("checked_at", "homes", "different")
    list_filter = ("checked_at",)
    readonly_fields = ("checked_at", "homes", "different")
    inlines = (DifferenceInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say that checks are made by night alone."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: NightlyCheck | None = None
    ) -> bool:
        """Say that a finding stays as it is."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: NightlyCheck | None = None
    ) -> bool:
        """Say that a finding stays."""
        return False
