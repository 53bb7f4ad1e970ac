"""Accounts, memberships and the one table of who may do what."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room."""

    name = "fans.people"
