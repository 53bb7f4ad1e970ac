"""The ground floor: where things are."""

from django.apps import AppConfig


class GeoConfig(AppConfig):
    """Places, areas and postcodes."""

    name = "geo"
    verbose_name = "places and areas"
