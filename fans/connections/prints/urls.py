"""Pages of this part."""

from django.urls import URLPattern

app_name = "prints"
urlpatterns: list[URLPattern] = []
