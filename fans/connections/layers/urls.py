"""Pages of this part."""

from django.urls import path

from fans.connections.layers.views import ties

app_name = "layers"
urlpatterns = [
    path("homes/<int:home_id>/ties/map/", ties.ties_map, name="ties"),
]
