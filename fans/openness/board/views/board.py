"""The board: a cohort's homes over their waves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.openness.board.board import board_of
from fans.openness.board.views.access import cohort_for, person_of

ORDERS = ("name", "missing")


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a cohort's board: ``?order=`` name or missing, and no other."""
    cohort = cohort_for(request, pk, "cohorts.view")
    asked = request.GET.get("order", ORDERS[0])
    order = asked if asked in ORDERS else ORDERS[0]
    context = {
        "cohort": cohort,
        "board": board_of(cohort, reader=person_of(request), by_missing=order == "missing"),
        "order": order,
    }
    status = 200 if asked in ORDERS else 400
    return render(request, "board/board.html", context, status=status)
