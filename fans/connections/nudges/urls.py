"""Pages of this part."""

from django.urls import URLPattern

app_name = "nudges"
urlpatterns: list[URLPattern] = []
