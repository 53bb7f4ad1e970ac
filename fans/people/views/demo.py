"""The demo's people, and the page that says who may do what."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from fans.people.demo import demo_may_sign_in
from fans.people.matrix import matrix
from fans.people.models import Person

SIGN_IN_BACKEND = "fans.people.backends.SignInBackend"


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people, by one press of a button."""
    if not demo_may_sign_in():
        raise Http404("The demo does not run here.")
    email = request.POST.get("email", "")
    person = get_object_or_404(Person, email=email, is_demo=True, is_active=True)
    login(request, person, backend=SIGN_IN_BACKEND)
    return redirect(_safe_next(request) or settings.LOGIN_REDIRECT_URL)


@require_safe
def who_may_do_what(request: HttpRequest) -> HttpResponse:
    """Show the permission table as it stands in the code."""
    return render(request, "people/who_may_do_what.html", matrix())


def _safe_next(request: HttpRequest) -> str:
    """Return the address to go on to, if it is one of ours."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else ""
