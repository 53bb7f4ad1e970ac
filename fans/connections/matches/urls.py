"""Pages of this part."""

from django.urls import URLPattern

app_name = "matches"
urlpatterns: list[URLPattern] = []
