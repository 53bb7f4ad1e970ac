"""That people were erased, for administrators to look at; nothing here is changed by hand."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from fans.people.privacy.models import Erasure

if TYPE_CHECKING:
    ErasureModelAdmin = admin.ModelAdmin[Erasure]
else:
    ErasureModelAdmin = admin.ModelAdmin


@admin.register(Erasure)
class ErasureAdmin(ErasureModelAdmin):
    """Read only."""

    list_display = ("erased_id", "at", "reason", "by")
    list_filter = ("reason",)

    def has_add_permission(self, request: Any) -> bool:
        """Refuse: people are erased on the page for it."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Refuse: after a backup is restored, it tells whom to erase again."""
        return False
