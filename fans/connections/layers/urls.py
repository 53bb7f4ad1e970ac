"""Pages of this part."""

from django.urls import path

from fans.connections.layers.views.coverage import coverage
from fans.connections.layers.views.gaps import gaps_map
from fans.connections.layers.views.ties import ties_map

app_name = "layers"
urlpatterns = [
    path("homes/<int:home_id>/ties/map/", ties_map, name="ties"),
    path("gaps/areas/map/", gaps_map, name="gaps"),
    path("coverage/", coverage, name="coverage"),
]
