"""Layers over the map."""

from django.apps import AppConfig


class LayersConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.layers"
    label = "layers"
