"""Mails of signing up, and of the adults who answer for somebody under 18.

They are about an account, or answer something that the reader did: nobody can stop them.
"""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse


def link(route: str, *args: Any) -> str:
    """Return the whole address of a page."""
    return f"{settings.SITE_URL}{reverse(route, args=args)}"


def send(*, to: str, subject: str, template: str, **context: Any) -> None:
    """Send one of the mails in ``volunteers/mail``."""
    words = render_to_string(
        f"volunteers/mail/{template}.txt", {**context, "site": settings.SITE_URL}
    )
    send_mail(
        subject=" ".join(subject.split()), message=words, from_email=None, recipient_list=[to]
    )
