"""The welcome card: what a visitor to a home is told before they come."""

from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    """The part of the room."""

    name = "homes.welcome"
    label = "welcome"

    def ready(self) -> None:
        """Say what becomes of two cards where two homes become one."""
        from homes import merging
        from homes.welcome.joining import keep_one_card

        merging.register("welcome.WelcomeCard", keep_one_card)
