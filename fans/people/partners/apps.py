"""Partners keep their own entry right: the mailed question, and the claim on a place."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.partners"
    label = "partners"

    def ready(self) -> None:
        """Say which places matter here, and what a merge does with questions and claims."""
        from assets.checking import minding
        from assets.rounds import registry
        from fans.people.partners import merging, reports

        minding.register(reports.kept_among)
        registry.register_first(reports.unanswered_among)
        merging.register_rules()
