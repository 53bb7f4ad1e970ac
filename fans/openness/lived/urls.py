"""Pages of this part."""

from django.urls import URLPattern

app_name = "lived"
urlpatterns: list[URLPattern] = []
