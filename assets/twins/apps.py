"""Two records of one place: found, told apart for good, merged, and the merging undone."""

from django.apps import AppConfig


class TwinsConfig(AppConfig):
    """The part of the room."""

    name = "assets.twins"
    label = "twins"

    def ready(self) -> None:
        """Say what becomes of the room's own rows where two records become one."""
        from assets.twins import registry
        from assets.twins.carrying import carry_pairs

        # A chain of merges stays one: each record leads to the next.
        registry.register_staying("assets.Asset")
        registry.register_staying("twins.Merge")
        # The merge itself parts them by what they confirmed.
        registry.register_staying("assets.FactCheck")
        # About what a source says of its own record.
        registry.register_staying("checking.SourceQuestion")
        registry.register_staying("checking.Listed")
        registry.register_parting("twins.RowAnswer")
        registry.register_by_hand("twins.Pair", carry_pairs)
