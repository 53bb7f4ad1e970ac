"""What people without a say suggest: new places and changes, and the queue where they wait."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """The part of the room."""

    name = "assets.proposals"
    label = "proposals"
