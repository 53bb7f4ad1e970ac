"""Accounts, memberships and the one table of who may do what."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room."""

    name = "fans.people"

    def ready(self) -> None:
        """Hear from Django and allauth who signed in, or changed their second step."""
        from allauth.mfa.signals import authenticator_added, authenticator_removed
        from django.contrib.auth.signals import user_logged_in

        from fans.people import sessions

        user_logged_in.connect(sessions.note_end, dispatch_uid="people_session_end")
        authenticator_added.connect(sessions.end_others, dispatch_uid="people_added")
        authenticator_removed.connect(sessions.end_others, dispatch_uid="people_removed")
