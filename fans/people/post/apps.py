"""Mail that leaves: queued, stopped by whoever gets it, bounced."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.post"
    label = "post"

    def ready(self) -> None:
        """Hear of mail that came back, and of people whose address is another now."""
        from anymail.signals import tracking

        from assets.twins import registry
        from fans.people.post import approvals, events, receivers
        from fans.people.signals import address_changed

        address_changed.connect(receivers.carry_over, dispatch_uid="post_address_changed")
        tracking.connect(events.hear, dispatch_uid="post_events")
        registry.register(
            "post.Approval",
            approvals.combine,
            words=("address that may be written to", "addresses that may be written to"),
        )
