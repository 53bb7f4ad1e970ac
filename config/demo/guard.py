"""Whether the demo may be loaded here."""

from django.conf import settings

from fans.people.models import Person


def refusal() -> str | None:
    """Say why the demo may not be loaded here; None where it may."""
    if not settings.DEMO_ALLOWED:
        if settings.OWN_DATABASE:
            return (
                "The demo is refused: DATABASE_URL names your own database, and the demo "
                "runs only beside the project's own. Unset DATABASE_URL to look at it."
            )
        return (
            "The demo is refused: ALLOWED_HOSTS lets others reach this site "
            f"({', '.join(settings.ALLOWED_HOSTS)}), and its passwords are shown to "
            "anyone who does. Leave ALLOWED_HOSTS at localhost."
        )
    if Person.objects.filter(is_demo=False).exists():
        return (
            "The demo is refused: real people have accounts here. "
            "It is for looking around in an empty installation."
        )
    return None
