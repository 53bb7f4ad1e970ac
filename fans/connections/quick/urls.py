"""Pages of this part."""

from django.urls import URLPattern

app_name = "quick"
urlpatterns: list[URLPattern] = []
