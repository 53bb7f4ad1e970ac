"""Pages of this part."""

from django.urls import URLPattern

app_name = "rounds"
urlpatterns: list[URLPattern] = []
