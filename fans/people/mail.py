"""The e-mail backend named in settings: decides whether a mail leaves the house."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from fans.people.demo import demo_is_loaded
from fans.people.models import OutboxMail


class PolicyEmailBackend(BaseEmailBackend):
    """Sends through the operator's transport, or keeps mail in the outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send or keep every message; return how many. The demo's mail never leaves."""
        if settings.MAIL_TRANSPORT and not demo_is_loaded():
            transport = get_connection(
                settings.MAIL_TRANSPORT, fail_silently=self.fail_silently
            )
            return transport.send_messages(email_messages) or 0
        OutboxMail.objects.bulk_create(
            OutboxMail(to=", ".join(mail.to), subject=str(mail.subject), body=str(mail.body))
            for mail in email_messages
        )
        return len(email_messages)
