"""The admin site, which asks for the administrator's permission."""

from django.contrib.admin.apps import AdminConfig


class SiteAdminConfig(AdminConfig):
    """Django's admin under our own title."""

    default_site = "config.admin.SiteAdmin"
