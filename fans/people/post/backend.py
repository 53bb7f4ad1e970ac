"""The e-mail backend named in settings: every mail of Django's, allauth's and ours."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from fans.people.post.queueing import queue


class QueueBackend(BaseEmailBackend):
    """Writes mail into the queue, or keeps it where none leaves."""

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue every message; return how many had somebody to go to."""
        return sum(bool(queue(message)) for message in email_messages)
