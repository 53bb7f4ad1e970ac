"""Pages of this part, and the photos themselves."""

from django.urls import URLPattern

app_name = "pictures"
urlpatterns: list[URLPattern] = []
