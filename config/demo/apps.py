"""A made-up locality over real postcodes, to look around in."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Holds the commands ``load_demo`` and ``remove_demo``."""

    name = "config.demo"
