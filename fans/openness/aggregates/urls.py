"""Pages of this part."""

from django.urls import URLPattern

app_name = "aggregates"
urlpatterns: list[URLPattern] = []
