"""The admin site: for administrators only."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from fans.people.views.account import forget_in_browser


class SiteAdmin(AdminSite):
    """Django's admin, opened to people the permission table names."""

    site_header = site_title = "Care Home Friends and Neighbours"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in active people who may administer the site."""
        user: Any = request.user
        return bool(user.is_active and user.has_perm("site.administer"))

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Sign out, and let the browser forget what pages have kept in it."""
        response = super().logout(request, extra_context)
        forget_in_browser(response)
        return response

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Put our way to a record's page before Django's own."""
        view = self.admin_view(record_page)
        ours = path("r/<int:content_type_id>/<path:object_id>/", view, name="view_on_site")
        return [ours, *super().get_urls()]


def record_page(request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponseBase:
    """Lead to a record's own page; what has no table, such as all history at once, has none."""
    kind = ContentType.objects.filter(pk=content_type_id).first()
    model = kind and kind.model_class()
    if model is None or not model._meta.managed:
        raise Http404("There is no page of such a record.")
    return shortcut(request, content_type_id, object_id)
