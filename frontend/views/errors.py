"""Pages for what went wrong. The last one needs neither a database nor a template context."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.urls import reverse


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: what came cannot be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 and say why, where the code that refused said so."""
    return render(
        request, "403.html", {"reason": str(exception), **_other_way(request)}, status=403
    )


def _other_way(request: HttpRequest) -> dict[str, str]:
    """Return what somebody may do instead: say what is wrong, where they may not edit."""
    match = request.resolver_match
    if match is None or match.view_name != "assets:edit":
        return {}
    return {"suggest_url": reverse("proposals:suggest_change", kwargs=match.kwargs)}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: nothing is here, or nothing for this visitor."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking for anything that may be what failed."""
    return HttpResponseServerError(loader.get_template("500.html").render())
