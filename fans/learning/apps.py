"""Learning together."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Plans, what groups said, and what is done about it."""

    name = "fans.learning"

    def ready(self) -> None:
        """Say what rows are, and how long they are kept."""
        from fans.learning import holding, retention

        retention.register_rules()
        holding.describe_rows()
