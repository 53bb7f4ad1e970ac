"""What is kept no longer: a look beforehand, a run, and earlier runs."""

from dataclasses import dataclass
from typing import Final, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fans.people.models import Person
from fans.people.privacy.models import RetentionRun
from fans.people.privacy.retention import rule_named
from fans.people.privacy.retention_runs import preview
from fans.people.privacy.tasks import ask_for_run

RUNS_SHOWN: Final = 20


@dataclass(frozen=True)
class ShownRun:
    """A run in words."""

    run: RetentionRun
    counts: list[tuple[str, int]]
    failed: list[str]


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Show what each rule would let go of today, and what earlier runs did."""
    due = sorted(preview(), key=lambda each: each.found.count == 0)  # what is due first
    runs = RetentionRun.objects.select_related("by")[:RUNS_SHOWN]
    context = {
        "due": due,
        "count": sum(each.found.count for each in due),
        "runs": [_shown(run) for run in runs],
    }
    return render(request, "privacy/retention.html", context)


@require_POST
def run_retention(request: HttpRequest) -> HttpResponse:
    """Have a worker let go of what is due, once somebody has ticked that they mean it."""
    if request.POST.get("sure") != "yes":
        messages.error(request, "Tick that you have looked at the list first.")
    elif ask_for_run(cast(Person, request.user)):
        messages.success(request, "It has begun. Its counts stand below once it is done.")
    else:
        messages.success(request, "Somebody has asked for it already. Look again soon.")
    return redirect("privacy:retention")


def _shown(run: RetentionRun) -> ShownRun:
    counts = [(_label(slug), count) for slug, count in run.counts.items() if count]
    return ShownRun(run, sorted(counts), [_label(slug) for slug in run.failed])


def _label(slug: str) -> str:
    rule = rule_named(slug)
    return rule.label if rule else slug
