"""The API's permission class; apart, because REST framework loads it with its views."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


class TablePermission(BasePermission):
    """Let through what the permission middleware let through.

    The table has been asked by the route's name before any view runs; objects are
    narrowed by each view's queryset.
    """

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        """Refuse a request that did not come through the middleware."""
        return hasattr(request._request, "scopes")
