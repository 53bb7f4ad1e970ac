"""The facilitator’s board: a cohort’s homes over their waves."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.board"
    label = "board"
