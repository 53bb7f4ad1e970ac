"""Where the mail provider tells that a mail came back or was reported."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

_PROVIDERS: Final = "anymail.backends."


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    """Take news from the provider that mail leaves by, if it knows the secret."""
    view = _view_of_provider()
    if not settings.MAIL_WEBHOOK_SECRET or view is None:
        raise Http404("No mail provider tells anything here.")
    try:
        response: HttpResponse = view(request)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # Not what that provider sends; it proved the secret, but may be misconfigured.
        return HttpResponseBadRequest("These are no events of the mail provider.")
    return response


def _view_of_provider() -> Callable[..., Any] | None:
    """Return what reads the events of the provider in use; None where there is none."""
    if not settings.MAIL_TRANSPORT.startswith(_PROVIDERS):
        return None
    from anymail.urls import urlpatterns  # noqa: PLC0415 (reads every provider's code)

    name = settings.MAIL_TRANSPORT.removeprefix(_PROVIDERS).partition(".")[0]
    wanted = f"{name}_tracking_webhook"
    return next((one.callback for one in urlpatterns if one.name == wanted), None)
