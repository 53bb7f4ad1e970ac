"""Where the link at the end of a mail leads: a page that changes nothing until a press."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fans.people.post import receivers
from fans.people.post.links import Target, target_of
from fans.people.post.models import EVERY_KIND, How

ONE_CLICK: Final = ("List-Unsubscribe", "One-Click")
"""What mail programs send by themselves, without a cookie or a token of ours (RFC 8058)."""


# The link itself says who may: no cookie is looked at, so that none can be abused.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link is about, and stop or start it when a button is pressed."""
    target = target_of(token)
    if target is None:
        response = render(request, "post/stop_unknown.html", status=410)
    elif request.method == "POST":
        response = _act(request, target)
    else:
        response = _show(request, target)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_store=True, private=True)
    return response


def _act(request: HttpRequest, target: Target) -> HttpResponse:
    known = target.address_hash
    name, value = ONE_CLICK
    if request.POST.get(name) == value:
        receivers.stop(address_hash=known, kind=target.kind, how=How.ONE_CLICK)
        return HttpResponse("You get no more of this.", content_type="text/plain")
    match request.POST.get("do"):
        case "stop":
            receivers.stop(address_hash=known, kind=target.kind, how=How.LINK)
        case "stop_all":
            receivers.stop(address_hash=known, kind=EVERY_KIND, how=How.LINK)
        case "start":
            receivers.start_again(address_hash=known, kind=target.kind)
        case "start_all":
            receivers.start_again(address_hash=known, kind=EVERY_KIND)
        case _:
            return HttpResponseBadRequest("Press one of the buttons.")
    return redirect(request.path)


def _show(request: HttpRequest, target: Target) -> HttpResponse:
    stopped = receivers.stopped_kinds(target.address_hash)
    context = {
        "kind": target.kind,
        "stopped": target.kind in stopped,
        "all_stopped": EVERY_KIND in stopped,
    }
    return render(request, "post/stop.html", context)
