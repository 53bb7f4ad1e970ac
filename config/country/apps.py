"""A large made-up country over real postcodes, for tests of scale."""

from django.apps import AppConfig


class CountryConfig(AppConfig):
    """Holds the command ``make_country``."""

    name = "config.country"
