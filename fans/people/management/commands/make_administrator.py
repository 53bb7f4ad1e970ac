"""``make_administrator EMAIL``: the first account of an installation."""

import getpass
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from fans.people.errors import DemoIsLoadedError
from fans.people.models import Person
from fans.people.services import make_administrator


class Command(BaseCommand):
    """Make an administrator, and print the link with which they choose a password."""

    help = "Give EMAIL an account that administers the site; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address, and how the password is set."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="")
        parser.add_argument(
            "--ask-password",
            action="store_true",
            help="ask for the password here instead of printing a link",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account, then set its password or say how."""
        email: str = options["email"]
        password = self._ask_password(email) if options["ask_password"] else None
        try:
            person = make_administrator(email=email, name=options["name"])
        except DemoIsLoadedError as error:
            raise CommandError(str(error), returncode=2) from error
        except ValidationError as error:
            raise CommandError(f"EMAIL: {' '.join(error.messages)}", returncode=2) from error
        if password:
            person.set_password(password)
            person.save(update_fields=["password"])
            self.stdout.write(f"{person.email} administers this site.")
            return
        self.stdout.write(
            f"{person.email} administers this site. With this link they choose a "
            f"password; it works once, for three days:\n{_link(person)}"
        )

    def _ask_password(self, email: str) -> str:
        password = getpass.getpass("Password (10 characters or more): ")
        if password != getpass.getpass("Once more: "):
            raise CommandError("The two were not alike. Nothing was changed.", returncode=2)
        try:
            validate_password(password, Person(email=email))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        return password


def _link(person: Person) -> str:
    key = default_token_generator.make_token(person)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": key},
    )
    return settings.SITE_URL.rstrip("/") + path
