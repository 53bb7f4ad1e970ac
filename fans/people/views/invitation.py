"""What an invited person sees. A link only opens a page; nothing happens without a press."""

import re
from typing import Any, Final

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fans.people import inviting
from fans.people.errors import AccountExistsError, InvitationIsOverError, WrongAccountError
from fans.people.models import Invitation, Person
from fans.people.role_forms import AcceptForm
from fans.people.views.account import forget_in_browser

KEPT = "__Host-invitation" if settings.HTTPS else "fans-invitation"
"""The cookie with the token, so that no address or Referer carries it on.

Not the session: whatever follows a link, made up or not, would write one into the database.
"""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""What ours look like; a cookie holds no other letters."""


@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Put the token out of the address; mail scanners that come by change nothing."""
    return keep_invitation(token)


def keep_invitation(token: str) -> HttpResponse:
    """Put the token of an invitation into the browser, and go to the page that asks."""
    response: HttpResponse = redirect("people:invitation")
    response.set_cookie(
        KEPT,
        token if _TOKEN.fullmatch(token) else "-",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Show what one is invited to, and take the yes."""
    found = inviting.find(token=_token(request))
    if found is None:
        response = _over(request)
    elif request.method == "POST":
        response = _answer(request, found)
    else:
        response = _ask(request, found, AcceptForm(invitation=found))
    # Not no-referrer: browsers would then send no Origin, and the form would be refused.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


def _token(request: HttpRequest) -> str:
    return request.COOKIES.get(KEPT, "")


def _over(request: HttpRequest) -> HttpResponse:
    return _forgetting(render(request, "people/invitation_over.html", status=410))


def _forgetting(response: HttpResponse) -> HttpResponse:
    """Take the token out of the browser."""
    response.delete_cookie(KEPT, samesite="Lax")
    return response


def _ask(request: HttpRequest, found: Invitation, form: AcceptForm) -> HttpResponse:
    user: Any = request.user
    known = Person.objects.filter(email=found.email).exists()
    if user.is_authenticated:
        who = "right" if user.email == found.email else "wrong"
    else:
        who = "known" if known else "new"
    context = {"invitation": found, "form": form, "who": who, "next": request.path}
    return render(request, "people/invitation.html", context)


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    if "other" in request.POST:
        return _sign_out(request)
    if request.user.is_authenticated:
        return _accept_as(request, found, request.user)
    form = AcceptForm(request.POST, invitation=found)
    if Person.objects.filter(email=found.email).exists():
        return redirect(f"{reverse('account_login')}?next={request.path}")
    if not form.is_valid():
        return _ask(request, found, form)
    try:
        membership = inviting.accept(
            token=_token(request),
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password"],
        )
    except InvitationIsOverError:
        return _over(request)
    except AccountExistsError:  # made a moment ago, by another window
        return redirect(f"{reverse('account_login')}?next={request.path}")
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return _ask(request, found, form)
    response: HttpResponse = perform_login(request, membership.person)
    return _forgetting(response)


def _accept_as(request: HttpRequest, found: Invitation, person: Any) -> HttpResponse:
    try:
        inviting.accept(token=_token(request), by=person)
    except InvitationIsOverError:
        return _over(request)
    except (WrongAccountError, ValidationError):
        return _ask(request, found, AcceptForm(invitation=found))
    messages.success(request, f"You are now {found.get_role_display().lower()}. Welcome!")
    return _forgetting(redirect("frontend:today"))


def _sign_out(request: HttpRequest) -> HttpResponse:
    """End this session and keep the invitation, for whoever it is for."""
    logout(request)
    response = redirect("people:invitation")
    forget_in_browser(response)
    return response
