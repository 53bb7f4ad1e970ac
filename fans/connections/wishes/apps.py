"""What people in a home would love to do, pegged up without a name."""

from django.apps import AppConfig


class WishesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.wishes"
    label = "wishes"

    def ready(self) -> None:
        """Follow the log, and say what rows are and how long their words stay."""
        from fans.connections.signals import log_changed
        from fans.connections.wishes import holding, retention
        from fans.connections.wishes.following import follow_log

        retention.register_rules()
        holding.describe_rows()
        log_changed.connect(follow_log, dispatch_uid="wishes_follow_log")
