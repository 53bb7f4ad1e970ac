"""What volunteers do, for everybody to read and to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.people.volunteers.roles import ALWAYS, NEVER, ROLES, WORRIED, role_of


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """List the roles."""
    return render(request, "volunteers/roles.html", {"roles": ROLES.values(), "never": NEVER})


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """Describe one role, on one sheet where it is printed."""
    found = role_of(slug)
    if found is None:
        raise Http404("There is no such role.")
    context = {"role": found, "always": ALWAYS, "never": NEVER, "worried": WORRIED}
    return render(request, "volunteers/role.html", context)
