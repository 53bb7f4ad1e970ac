"""Pages of the research room: a researcher's studies, and taking an extract."""

import tempfile
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fans.disclosure import HOMES_SHARING
from fans.people.audit import reads
from fans.people.models import Person
from fans.research.contents import Contents
from fans.research.errors import NobodyAgreedError
from fans.research.models import Study
from fans.research.services import take_extract

SHOWN_EXTRACTS = 10


@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    """Show a researcher's studies: who takes part, what an extract holds, earlier ones."""
    return _page(request)


@never_cache
@require_POST
def extract(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand over the study's zip file, and log that it was taken."""
    study = get_object_or_404(_studies_of(request), pk=pk)
    by = request.user if isinstance(request.user, Person) else None
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    try:
        take_extract(study=study, into=file, by=by)
        reads.note(request, [study], action="research.extract")
    except NobodyAgreedError as error:
        file.close()
        return _page(request, problem=str(error), status=409)
    name = f"{slugify(study.name) or 'study'}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name)


def _studies_of(request: HttpRequest) -> QuerySet[Study]:
    """Return the studies on cohorts that this person does research on."""
    reach = request.scopes("research.extract")  # type: ignore[attr-defined]
    return Study.objects.filter(cohort__in=reach.cohort_ids).select_related("cohort")


def _page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "studies": [_card(study) for study in _studies_of(request)],
        "problem": problem,
        "homes_sharing": HOMES_SHARING,
    }
    return render(request, "research/studies.html", context, status=status)


def _card(study: Study) -> dict[str, Any]:
    return {
        "study": study,
        "size": Contents(study, timezone.localdate()).size(),
        "extracts": study.extracts.select_related("by")[:SHOWN_EXTRACTS],
    }
