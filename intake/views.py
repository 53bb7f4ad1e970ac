"""Pages to bring files in: hand one over, look at the try-out, decide, watch, read on."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import F, Value
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake import jobs, shown
from intake.errors import IntakeError, JobMovedOnError
from intake.forms import UploadForm
from intake.importers import Importer, all_importers, importer_named
from intake.models import Decision, ImportJob, ImportReport, JobState, StagedRow
from intake.uploads import keep_upload, too_large

PAGE_LENGTH: Final = 25
_DECISIONS: Final = {
    "take": Decision.TAKE,
    "leave": Decision.LEAVE,
    "same": Decision.SAME,
    "undecided": None,
}


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """List imports, newest first, those of commands too."""
    jobs_ = ImportJob.objects.annotate(at=F("created_at"), kind=Value("job"))
    reports = ImportReport.objects.filter(job=None).annotate(at=F("ran_at"), kind=Value("run"))
    columns = ("at", "kind", "pk")
    both = jobs_.values_list(*columns).union(reports.values_list(*columns), all=True)
    page = Paginator(both.order_by("-at", "-pk"), PAGE_LENGTH).get_page(
        request.GET.get("page", "1")
    )
    context = {"page": page, "entries": _entries(page), "importers": all_importers()}
    return render(request, "intake/list.html", context)


def _entries(page: Page[Any]) -> list[dict[str, Any]]:
    ids: dict[str, list[int]] = {"job": [], "run": []}
    for _, kind, pk in page.object_list:
        ids[kind].append(pk)
    found: dict[str, dict[int, Any]] = {
        "job": ImportJob.objects.select_related("by", "report").in_bulk(ids["job"]),
        "run": ImportReport.objects.select_related("by").defer("refusals").in_bulk(ids["run"]),
    }
    return [
        {kind: record, "label": _label(record.importer), "at": at}
        for at, kind, pk in page.object_list
        if (record := found[kind].get(pk))
    ]


def _label(slug: str) -> str:
    try:
        return importer_named(slug).label
    except KeyError:
        return slug


@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a file of one kind."""
    try:
        importer = importer_named(slug)
    except KeyError as error:
        raise Http404("There is no such kind of file.") from error
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(data, files)
    options = importer.options_form(data, prefix="options")
    status = 200
    if request.method == "POST":
        job = _start(request, importer, form, options)
        if job is not None:
            return redirect("intake:job", pk=job.pk)
        status = 400
    context = {"importer": importer, "form": form, "options": options}
    return render(request, "intake/new.html", context, status=status)


def _start(
    request: HttpRequest, importer: Importer, form: UploadForm, options: Any
) -> ImportJob | None:
    if getattr(request, "too_large", False):
        form.errors.pop("file", None)
        form.add_error("file", too_large("").reason.capitalize() + ".")
    if not form.is_valid() or not options.is_valid():
        return None
    try:
        kept = keep_upload(form.cleaned_data["file"])
    except IntakeError as error:
        form.add_error("file", str(error))
        return None
    return jobs.start_job(
        importer=importer.slug,
        kept=kept,
        options=options.cleaned_data,
        by=request.user,
        title=form.cleaned_data["title"],
    )


@require_safe
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an import is, its try-out, or its report."""
    job = get_object_or_404(
        ImportJob.objects.select_related("by", "confirmed_by", "report"), pk=pk
    )
    context: dict[str, Any] = {
        "job": job,
        "label": _label(job.importer),
        "time_left": shown.time_left(job, timezone.now()),
        "stalled": _stalled(job),
    }
    if request.GET.get("part") == "progress":
        return render(request, "intake/parts/progress.html", context)
    if job.rows_total is not None and job.state != JobState.THROWN_AWAY:
        context |= _rows(request, job)
    return render(request, "intake/job.html", context)


def _stalled(job: ImportJob) -> bool:
    """Say whether nobody has been at an import for longer than a worker is missed."""
    last = job.beat_at or job.started_at or job.created_at
    return job.is_under_way and (timezone.now() - last).total_seconds() > 120


def _rows(request: HttpRequest, job: ImportJob) -> dict[str, Any]:
    counts = shown.counts_of(job)
    over = job.state == JobState.DONE
    chips = shown.chips(counts, over=over)
    chip = shown.chosen_chip(chips, request.GET.get("show", ""))
    rows = shown.rows_of(job, chip.outcomes)
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page", "1"))
    may_decide = job.state == JobState.PREVIEW
    return {
        "tiles": shown.tiles(counts),
        "chips": chips,
        "chip": chip,
        "page": page,
        "rows": [shown.shown(row, may_decide=may_decide) for row in page.object_list],
        "bring_in": shown.to_bring_in(job, counts),
        "bbox": shown.bbox_of(rows),
        "records_url": _records_url(job.importer),
    }


def _records_url(slug: str) -> str:
    """Return the address of the list that an importer's records are in, if it says so."""
    try:
        return reverse(getattr(importer_named(slug), "records_route", ""))
    except (KeyError, NoReverseMatch):
        return ""


@require_POST
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the rows of a try-out written."""
    get_object_or_404(ImportJob, pk=pk)
    try:
        jobs.bring_in(job_id=pk, by=request.user)
    except JobMovedOnError as error:
        messages.info(request, str(error))
    return redirect("intake:job", pk=pk)


@require_POST
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a row in doubt, or leave it out."""
    get_object_or_404(StagedRow, job=pk, number=number)
    decision = request.POST.get("decision", "")
    back = _back_to_rows(request, pk, number)
    if decision not in _DECISIONS:
        reason = "decision: choose “Take it”, “It is that one” or “Leave it out”."
        return render(request, "400.html", {"reason": reason}, status=400)
    try:
        jobs.decide(job_id=pk, number=number, decision=_DECISIONS[decision])
    except JobMovedOnError as error:
        messages.info(request, str(error))
    except StagedRow.DoesNotExist:
        messages.info(request, f"Row {number} is not in doubt: there is nothing to decide.")
    return redirect(back)


def _back_to_rows(request: HttpRequest, pk: int, number: int) -> str:
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() else ""
    return f"{reverse('intake:job', args=[pk])}{query}#row-{number}"


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a stopped import go on."""
    get_object_or_404(ImportJob, pk=pk)
    try:
        jobs.try_again(job_id=pk)
    except JobMovedOnError as error:
        messages.info(request, str(error))
    return redirect("intake:job", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a try-out may go, and let it go."""
    job = get_object_or_404(ImportJob, pk=pk)
    if request.method != "POST":
        written = job.rows.filter(written=True).exists()
        return render(request, "intake/throw_away.html", {"job": job, "written": written})
    try:
        job = jobs.throw_away(job_id=pk)
    except JobMovedOnError as error:
        messages.info(request, str(error))
        return redirect("intake:job", pk=pk)
    if job.state == JobState.DONE:
        return redirect("intake:job", pk=pk)
    messages.success(request, f"“{job}” has been thrown away. Nothing was written.")
    return redirect("intake:list")


@require_safe
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the rows of one chip that have a place, as GeoJSON."""
    job = get_object_or_404(ImportJob, pk=pk)
    chip = shown.chosen_chip(shown.chips({}), request.GET.get("show", ""))
    found = shown.points(shown.rows_of(job, chip.outcomes))
    return JsonResponse(found, content_type="application/geo+json")


@require_safe
def job_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give every row of an import, and what becomes of it, as CSV."""
    job = get_object_or_404(ImportJob, pk=pk)
    return _csv(f"import-{job.pk}.csv", shown.table_of(job))


@require_safe
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report of an import that a command ran."""
    report = get_object_or_404(ImportReport.objects.select_related("by", "job"), pk=pk)
    job = ImportJob.objects.filter(report=report).first()
    if job is not None:
        return redirect("intake:job", pk=job.pk)
    counts = {
        name: getattr(report, f"rows_{name}")
        for name in ("new", "changed", "same", "unsure", "refused")
    }
    page = Paginator(report.refusals, PAGE_LENGTH).get_page(request.GET.get("page", "1"))
    context = {
        "report": report,
        "tiles": shown.tiles(counts),
        "page": page,
        "label": _label(report.importer),
        "said": {"gone": report.rows_gone, "questions": report.questions, "state": "done"},
    }
    return render(request, "intake/report.html", context)


@require_safe
def report_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the refusals of a report as CSV."""
    report = get_object_or_404(ImportReport, pk=pk)
    return _csv(f"report-{report.pk}.csv", shown.table_of_report(report))


def _csv(name: str, table: Any) -> StreamingHttpResponse:
    response = StreamingHttpResponse(shown.csv_lines(table), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
