"""Which homes take part in a cohort, and another one that joins."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fans.cohorts.errors import CohortError
from fans.cohorts.models import COHORT_PLACES
from fans.openness.board import services
from fans.openness.board.forms import EnrolForm, refuse
from fans.openness.board.reports import parts_of
from fans.openness.board.views.access import UNPROCESSABLE, cohort_for, person_of
from homes.models import Home


@require_safe
def homes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who takes part in a cohort, in order of name."""
    cohort = cohort_for(request, pk, "cohorts.run")
    parts = parts_of(cohort)
    context = {
        "cohort": cohort,
        "parts": parts,
        "places": COHORT_PLACES,
        "free_count": COHORT_PLACES - len(parts),
        "may_view": request.user.has_perm("cohorts.view", cohort),
        "may_rename": request.user.has_perm("cohorts.make", cohort),
    }
    return render(request, "board/homes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for a home (``?q=``), and give it a place in the cohort."""
    cohort = cohort_for(request, pk, "cohorts.run")
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    sent = request.POST if request.method == "POST" else None
    form = EnrolForm(sent, words=words, cohort=cohort)
    if form.is_valid():
        home = Home.objects.get(pk=form.cleaned_data["home"])
        try:
            made = services.enrol_home(
                home=home,
                cohort=cohort,
                starts_on=form.cleaned_data["starts_on"],
                looks_back=form.cleaned_data["looks_back"],
                by=person_of(request),
            )
        except (CohortError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            undo_url = reverse("board:take_out", args=[made.pk])
            words = f"{home} takes part, in place {made.place}. Its waves are planned."
            messages.success(request, words, extra_tags=f"undo:{undo_url}")
            return redirect("board:homes", pk=pk)
    context = {
        "cohort": cohort,
        "form": form,
        "words": words,
        "is_full": cohort.enrolments.count() >= COHORT_PLACES,
        "places": COHORT_PLACES,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "board/enrol.html", context, status=status)
