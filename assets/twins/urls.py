"""Pages of this part."""

from django.urls import URLPattern

app_name = "twins"
urlpatterns: list[URLPattern] = []
