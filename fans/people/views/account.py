"""One's own account: roles and their end, ways to sign in, sessions."""

from typing import Any, cast

from allauth.account.views import logout
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.people.models import SCOPES, Person
from fans.people.second_factor import has_second_factor, needs_second_factor
from fans.people.views.roles import SOON


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show one's roles, how one signs in, and where one is signed in."""
    person = cast(Person, request.user)
    today = timezone.localdate()
    held = person.memberships.on(today).select_related(*SCOPES)
    types = Authenticator.objects.filter(user=person).values_list("type", flat=True)
    context = {
        "held": held,
        "soon": today + SOON,
        "has_password": person.has_usable_password(),
        "app": Authenticator.Type.TOTP in types,
        "keys": sum(kind == Authenticator.Type.WEBAUTHN for kind in types),
        "sessions": len(UserSession.objects.purge_and_list(person)),
        "needs": needs_second_factor(person),
        "has": has_second_factor(person),
    }
    return render(request, "people/account.html", context)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and let the browser forget what pages have kept in it.

    Whoever only signs in once more keeps what waits on their phone to be sent.
    """
    was_signed_in = request.user.is_authenticated
    response: HttpResponse = logout(request)
    signs_in_again = request.POST.get("next", "").startswith(resolve_url("account_login"))
    if was_signed_in and not request.user.is_authenticated and not signs_in_again:
        forget_in_browser(response)
    return response


def forget_in_browser(response: HttpResponse) -> None:
    """Tell the browser to delete the site's storage and its worker."""
    response["Clear-Site-Data"] = '"storage"'


class SecondStepsView(IndexView):  # type: ignore[misc]
    """What somebody uses beside a password or a code, and what their role asks for."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say also whether their role needs one."""
        person = cast(Person, self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "needs": needs_second_factor(person),
            "has": has_second_factor(person),
        }


second_steps = SecondStepsView.as_view()
