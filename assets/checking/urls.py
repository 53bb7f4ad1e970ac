"""Pages of this part."""

from django.urls import URLPattern

app_name = "checking"
urlpatterns: list[URLPattern] = []
