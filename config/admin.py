"""The admin site: for administrators only."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest


class SiteAdmin(AdminSite):
    """Django's admin, opened to people the permission table names."""

    site_header = site_title = "Care Home Friends and Neighbours"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in active people who may administer the site."""
        user: Any = request.user
        return bool(user.is_active and user.has_perm("site.administer"))
