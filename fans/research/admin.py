"""Studies and the log of extracts, for administrators. The key is never shown."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from fans.research.models import Extract, Study

if TYPE_CHECKING:  # generic in the stubs alone
    StudyBase = admin.ModelAdmin[Study]
    ExtractBase = admin.ModelAdmin[Extract]
else:
    StudyBase = ExtractBase = admin.ModelAdmin


@admin.register(Study)
class StudyAdmin(StudyBase):
    """A study begins with a name and a cohort, and keeps its cohort."""

    list_display = ("name", "cohort", "created_at")
    fields = ("name", "cohort")

    def get_readonly_fields(self, request: HttpRequest, obj: Study | None = None) -> list[str]:
        """Let the cohort be chosen once: pseudonyms belong to its homes."""
        return ["cohort"] if obj else []


@admin.register(Extract)
class ExtractAdmin(ExtractBase):
    """What was taken away, to read: nobody adds, changes or deletes a line of a log."""

    list_display = ("study", "taken_at", "by", "sha256")
    list_select_related = ("study", "by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: an extract is logged when it is taken."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let administrators read the log."""
        return self.admin_site.has_permission(request)
