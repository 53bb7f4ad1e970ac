"""Mail that did not leave: to read in the demo, to know of elsewhere."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fans.people.demo import demo_runs
from fans.people.post.models import Mail, State
from fans.people.signals import people_shown


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List the mail that did not leave; tell administrators what became of the rest."""
    user: Any = request.user
    administers = user.has_perm("site.administer")
    if not (demo_runs() or administers):
        raise Http404("There is an outbox only where the demo runs.")
    mails = list(Mail.objects.filter(state=State.KEPT)[:200])
    people_shown.send(Mail, request=request, rows=mails, action="people.outbox")
    context = {
        "mails": mails,
        "readable": demo_runs(),
        "counts": _counts() if administers else [],
    }
    return render(request, "post/outbox.html", context)


@require_safe
def outbox_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one mail that did not leave, in the demo.

    Elsewhere it may hold somebody's sign-in code, which is no administrator's business.
    """
    if not demo_runs():
        raise Http404("Mail can be read only where the demo runs.")
    mail = get_object_or_404(Mail, pk=pk, state=State.KEPT)
    people_shown.send(Mail, request=request, rows=[mail], action="people.outbox")
    return render(request, "post/outbox_mail.html", {"mail": mail})


def _counts() -> list[tuple[str, int]]:
    """Return how many mails there are of each state, in the order of a mail's life."""
    found = Mail.objects.order_by().values_list("state").annotate(count=Count("pk"))
    by_state = dict(found)
    return [(state.label, by_state[state]) for state in State if state in by_state]
