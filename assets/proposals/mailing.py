"""The one mail that tells somebody what became of what they suggested.

It answers something that the reader did, and is the only one: nobody can stop it, and
nobody needs to. It holds no word that whoever filled in the form chose: an address can be
somebody else's.
"""

from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse

from assets.proposals.models import Proposal, State

SUBJECT: Final = "What became of your suggestion"


def address_of(proposal: Proposal) -> str:
    """Return where the outcome is told; "" where nobody wants to know."""
    if proposal.made_by is not None:
        return proposal.made_by.email or ""
    return proposal.contact or ""


def tell_outcome(proposal: Proposal, *, to: str) -> None:
    """Send the mail, in the transaction that decides."""
    if not to:
        return
    asset = proposal.asset
    context = {
        "taken": proposal.state == State.APPROVED,
        "kind": proposal.kind,
        "why": proposal.refused_words,
        "link": _absolute(resolve_url(asset)) if asset else "",
        "has_account": proposal.made_by is not None,
        "site": settings.SITE_URL,
    }
    words = render_to_string("proposals/mail/outcome.txt", context)
    send_mail(subject=SUBJECT, message=words, from_email=None, recipient_list=[to])


def link_to(token: str) -> str:
    """Return the whole address of a suggestion's private page."""
    return _absolute(reverse("proposals:status", args=[token]))


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
