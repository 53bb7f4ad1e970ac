"""Send one mail now, and say what the transport answered."""

from argparse import ArgumentParser
from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError

from fans.people.post import handing_over
from fans.people.post.errors import NoAddressError
from fans.people.post.models import Mail, State
from fans.people.post.queueing import mail_leaves, queue


class Command(BaseCommand):
    """``send_test_mail``: whether mail leaves, without waiting for a worker."""

    help = "Send a test mail through FANS_MAIL_TRANSPORT and say what came of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Queue it, hand it over at once, and tell."""
        if not mail_leaves():
            raise CommandError(
                "No mail leaves: FANS_MAIL_TRANSPORT is empty, or the demo is loaded."
            )
        message = EmailMessage(
            subject="A test from Care Home Friends and Neighbours",
            body="Mail leaves this installation, and arrives.\n",
            to=[options["address"]],
        )
        try:
            (mail,) = queue(message)
        except NoAddressError as error:
            raise CommandError(str(error)) from error
        handing_over.hand_over(mail.pk)
        mail.refresh_from_db()
        self._tell(mail)

    def _tell(self, mail: Mail) -> None:
        if mail.state == State.SENT:
            self.stdout.write("Handed over. Look whether it arrives.")
        elif mail.state == State.QUEUED:
            raise CommandError(f"Not taken yet: {mail.error}. The worker tries again.")
        else:
            raise CommandError(f"Not sent: {mail.error}.")
