"""What happens when somebody presses a button about a match."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from fans.connections.matches import services
from fans.connections.matches.errors import MatchesError, NotFoundHereError
from fans.connections.matches.models import Manner, Match, Side
from fans.connections.matches.services.undoing import can_undo, latest_step
from fans.people.models import Person

Act = Callable[[], Match]
UNKNOWN: Final = "We could not tell what to do. Please try again."

WORDS: Final = {
    "yes": "You said yes. They are told on their own page.",
    "start": "Noted: the visits have begun.",
    "rest": "It rests. Start it again whenever you like.",
    "resume": "Started again.",
    "alone": "Noted: they may be alone with people there, while they are cleared.",
    "accompanied": "Noted: somebody of the home is at hand.",
    "release": "They may be alone there again.",
    "tick": "Saved.",
}


def simple(do: str, match: Match, *, side: str, by: Person, data: QueryDict) -> Act | None:
    """Return what a button does that asks for nothing more; None where there is none."""
    acts: dict[str, Act] = {
        "yes": lambda: services.say_yes(match=match, side=side, by=by),
        "start": lambda: services.start(match=match, by=by),
        "rest": lambda: services.let_rest(match=match, by=by),
        "resume": lambda: services.resume(match=match, by=by),
        "alone": lambda: services.set_manner(match=match, manner=Manner.ALONE, by=by),
        "accompanied": lambda: services.set_manner(
            match=match, manner=Manner.ACCOMPANIED, by=by
        ),
        "release": lambda: services.release(match=match, by=by),
        "tick": lambda: services.tick(
            match=match,
            side=Side.VOLUNTEER if side == Side.VOLUNTEER else Side.HOME,
            done=set(data.getlist("item")),
            shown=set(data.getlist("shown")),
            by=by,
        ),
    }
    return acts.get(do)


def done(request: HttpRequest, act: Act, words: str, to: str, by: Person) -> HttpResponse:
    """Do it, and go back with what came of it, and with an undo where there is one."""
    try:
        match = act()
    except NotFoundHereError as error:  # as if it did not exist
        raise Http404(str(error)) from error
    except MatchesError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        succeeded(request, match, words, by)
    return redirect(to)


def succeeded(request: HttpRequest, match: Match, words: str, by: Person) -> None:
    """Say that it was done; whoever did it may take it back."""
    step = latest_step(match)
    tags = ""
    if step is not None and can_undo(step, by):
        tags = f"undo:{reverse('matches:undo', args=[step.pk])}"
    messages.success(request, words, extra_tags=tags)


def number_in(request: HttpRequest, name: str) -> int | None:
    """Return the number that a form sent; None where it sent none."""
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 18 else None


def unknown(request: HttpRequest, to: str) -> HttpResponse:
    """Say that a button was none of ours."""
    messages.error(request, UNKNOWN)
    return redirect(to)
