"""Draft a version, take one in, publish, withdraw, choose."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fans.openness.errors import OpennessError
from fans.openness.instruments import services
from fans.openness.instruments.comparing import compare
from fans.openness.instruments.drafting import as_draft
from fans.openness.instruments.forms import ChooseForm, ImportForm, NewDraftForm
from fans.openness.instruments.reports import other_texts
from fans.openness.instruments.views.access import (
    CONFLICT,
    UNPROCESSABLE,
    draft_for,
    version_for,
)
from fans.openness.models import Instrument
from fans.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def import_version(request: HttpRequest) -> HttpResponse:
    """Take in a version from its JSON, as a draft; what is wrong is named with its path."""
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    if form.is_valid():
        try:
            row = services.draft_from_json(document=form.cleaned_data["file"])
        except OpennessError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"{row.version} is here, as a draft.")
            return redirect("instruments:version", row.version)
    return render(request, "instruments/import.html", {"form": form}, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, version: str) -> HttpResponse:
    """Draft a new version that says what this one says."""
    found = version_for(request, version)
    form = NewDraftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        body = as_draft(found.instrument, form.cleaned_data["version"])
        try:
            row = services.draft_from_body(body=body)
        except OpennessError as error:
            form.add_error("version", str(error))
        else:
            messages.success(request, f"{row.version} is a draft. It says what {version} says.")
            return redirect("instruments:version", row.version)
    context = {"form": form, "version": found}
    return render(request, "instruments/draft.html", context, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, version: str) -> HttpResponse:
    """Ask once more, with all that changed, then publish a draft for good."""
    found = draft_for(request, version)
    error = ""
    if request.method == "POST":
        try:
            services.publish_draft(version=version, seen=request.POST.get("seen", ""))
        except OpennessError as refused:
            error = str(refused)
        else:
            messages.success(request, f"{version} is published. It cannot change any more.")
            return redirect("instruments:version", version)
    current = services.instrument_of(services.current_version())
    context = {
        "version": found,
        "current": current.version,
        "seen": found.fingerprint,
        "error": error,
        "parts": compare(
            current, found.instrument, other_texts(current), other_texts(found.instrument)
        ),
        "languages": other_texts(found.instrument),
    }
    return render(
        request, "instruments/publish.html", context, status=CONFLICT if error else 200
    )


@require_POST
def withdraw(request: HttpRequest, version: str) -> HttpResponse:
    """Take a draft away; the message brings it back."""
    draft_for(request, version)
    services.withdraw_draft(version=version)
    messages.success(
        request,
        f"The draft {version} is withdrawn.",
        extra_tags=f"undo:{reverse('instruments:put_back', args=[version])}",
    )
    return redirect("instruments:list")


@require_POST
def put_back(request: HttpRequest, version: str) -> HttpResponse:
    """Bring back a draft that was withdrawn."""
    try:
        services.put_back_draft(version=version)
    except Instrument.DoesNotExist as error:
        raise Http404("There never was a draft of this name.") from error
    except OpennessError as error:
        messages.error(request, str(error))
        return redirect("instruments:list")
    messages.success(request, f"The draft {version} is back.")
    return redirect("instruments:version", version)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, version: str) -> HttpResponse:
    """Let new waves take a published version, and planned ones if that is wanted."""
    found = version_for(request, version)
    if found.is_draft:
        raise Http404("This is a draft. Publish it first.")
    form = ChooseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = request.user if isinstance(request.user, Person) else None
        planned_too = form.cleaned_data["planned_too"]
        changed = services.choose_version(version=version, by=by, planned_too=planned_too)
        also = f" So do {changed} planned waves." if planned_too else ""
        messages.success(request, f"New waves take {version} from now on.{also}")
        return redirect("instruments:list")
    planned = services.planned_waves().exclude(instrument__version=version).count()
    context = {"form": form, "version": found, "planned": planned}
    return render(request, "instruments/choose.html", context, status=status(form))


def status(form: Form) -> int:
    """Return what a page with this form answers."""
    return UNPROCESSABLE if form.errors else 200
