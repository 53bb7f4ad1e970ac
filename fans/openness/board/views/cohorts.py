"""One's cohorts: the list of them, a new one, another name."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fans.cohorts import services
from fans.cohorts.errors import CohortError
from fans.openness.board.forms import CohortForm, NameForm, refuse
from fans.openness.board.reports import cohorts_of
from fans.openness.board.views.access import UNPROCESSABLE, cohort_for, person_of


@require_safe
def cohort_list(request: HttpRequest) -> HttpResponse:
    """List the cohorts that one runs or administers."""
    context = {
        "lines": cohorts_of(person_of(request)),
        "may_make": request.user.has_perm("cohorts.make"),
    }
    return render(request, "board/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Ask for a new cohort; make it."""
    form = CohortForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cohort = services.make_cohort(**form.cleaned_data, by=person_of(request))
        except (CohortError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"Made: {cohort}. Now its homes can join.")
            return redirect("board:homes", pk=cohort.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "board/make.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a cohort another name."""
    cohort = cohort_for(request, pk, "cohorts.make")
    sent = request.POST if request.method == "POST" else None
    form = NameForm(sent, initial={"name": cohort.name})
    if form.is_valid():
        try:
            services.rename_cohort(cohort=cohort, name=form.cleaned_data["name"])
        except (CohortError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Renamed.")
            return redirect(reverse("board:homes", args=[pk]))
    context = {"form": form, "cohort": cohort}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "board/rename.html", context, status=status)
