"""Which version is asked for, and who may read it."""

from django.http import Http404, HttpRequest

from fans.openness.instruments.reports import Version, version

UNPROCESSABLE = 422
"""A form that needs another look; the page says where."""

CONFLICT = 409
"""What was asked came too late, or somebody else was first."""


def may_read_drafts(request: HttpRequest) -> bool:
    """Say whether who asks may read what is not published yet."""
    return request.user.has_perm("openness.read_drafts")


def version_for(request: HttpRequest, name: str) -> Version:
    """Return the version asked for.

    Raises:
        Http404: there is none of this name, or it is a draft and not for who asks.
    """
    found = version(name, with_drafts=may_read_drafts(request))
    if found is None:
        raise Http404("There is no version of this name.")
    return found


def draft_for(request: HttpRequest, name: str) -> Version:
    """Return the draft asked for.

    Raises:
        Http404: there is no draft of this name.
    """
    found = version_for(request, name)
    if not found.is_draft:
        raise Http404("This version is published: it stays as it is.")
    return found
