"""Accounts, memberships and the one table of who may do what."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room."""

    name = "fans.people"

    def ready(self) -> None:
        """Hear who signed in, or changed their second step; give roles to one place for two."""
        from allauth.mfa.signals import authenticator_added, authenticator_removed
        from django.contrib.auth.signals import user_logged_in

        from assets.proposals import colleagues as assets_colleagues
        from assets.rounds import registry as rounds
        from assets.twins import registry
        from fans.people import colleagues, sessions

        assets_colleagues.register(colleagues.who_may)
        rounds.register_walkers(colleagues.neighbours_who_may)

        user_logged_in.connect(sessions.note_end, dispatch_uid="people_session_end")
        authenticator_added.connect(sessions.end_others, dispatch_uid="people_added")
        authenticator_removed.connect(sessions.end_others, dispatch_uid="people_removed")
        # Whoever holds a role for both of two places that are one holds it once.
        registry.register(
            "people.Membership", words=("person who looks after it", "people who look after it")
        )
        registry.register("people.Invitation", words=("invitation", "invitations"))
