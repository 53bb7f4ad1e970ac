"""SMTP that knows whether a mail may have left when the line goes dead."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp

from fans.people.post.errors import MayHaveLeftError


class _NotingMixin:
    """Tells a line that broke before the last word from one that broke after it."""

    _all_said = False

    def send(self, s: Any) -> None:
        """Send; what is bytes is the mail itself, everything else a command."""
        super().send(s)  # type: ignore[misc]
        self._all_said = isinstance(s, bytes)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the mail over.

        Raises:
            MayHaveLeftError: all of it was sent, and no answer came.
        """
        try:
            answer: tuple[int, bytes] = super().data(msg)  # type: ignore[misc]
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:
            if self._all_said:
                raise MayHaveLeftError from error
            raise
        return answer


class _SMTP(_NotingMixin, smtplib.SMTP):
    pass


class _SecureSMTP(_NotingMixin, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's own, over the noting connection."""

    @property
    def connection_class(self) -> Any:
        """Return the class of the connection."""
        return _SecureSMTP if self.use_ssl else _SMTP
