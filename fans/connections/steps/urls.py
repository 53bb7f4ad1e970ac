"""Pages of this part."""

from django.urls import URLPattern

app_name = "steps"
urlpatterns: list[URLPattern] = []
