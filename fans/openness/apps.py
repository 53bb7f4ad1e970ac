"""How open a home is to its community: instrument, waves, answers, score."""

from django.apps import AppConfig


class OpennessConfig(AppConfig):
    """The room."""

    name = "fans.openness"

    def ready(self) -> None:
        """Listen to the log, and say what the look-back asks about."""
        from fans.connections.signals import log_changed
        from fans.connections.steps import look_back
        from fans.openness.look_back import look_back_of
        from fans.openness.receivers import on_log_changed

        log_changed.connect(on_log_changed, dispatch_uid="openness.on_log_changed")
        look_back.register(look_back_of)
