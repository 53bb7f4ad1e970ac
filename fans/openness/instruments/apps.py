"""Instruments as data: versions, their texts in other words, what another version would say."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.instruments"
    label = "instruments"
