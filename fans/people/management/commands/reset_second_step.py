"""Takes somebody's second step away, where phone and codes are lost."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fans.people import services
from fans.people.models import Person


class Command(BaseCommand):
    """Ask the person on another way than mail before running this: a voice you know."""

    help = "Remove a person's app, passkeys and codes, and end their sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("email", help="the address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove, and say what comes next."""
        email = options["email"].strip().lower()
        person = Person.objects.filter(email=email).first()
        if person is None:
            raise CommandError(f"EMAIL: nobody has an account with {email}.", returncode=2)
        services.reset_second_step(person=person)
        self.stdout.write(
            f"{email} signs in with one step now. If their role needs a second, they are "
            "asked to set up a new one."
        )
