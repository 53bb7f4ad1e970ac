"""Pages that are sent packed, to visitors."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

View = Callable[..., HttpResponse]


def packed_for_visitors(view: View) -> View:
    """Send a page packed to whoever is not signed in.

    A page repeats the words that were searched for: beside what somebody alone may see, its
    packed length could tell of it (BREACH).
    """
    packed = gzip_page(view)

    @wraps(view)
    def choose(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        chosen = view if request.user.is_authenticated else packed
        return chosen(request, *args, **kwargs)

    return choose
