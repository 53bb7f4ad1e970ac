"""Health of the process, and of what it needs."""

import time
from typing import Final

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from fans.people.post.models import Mail
from geo.models import PyramidChange

FOLDED_WITHIN_S: Final = 600
"""The worker folds what has changed into the map's counts every minute."""


class _Unfolded:
    """The oldest change that the map's counts do not hold yet, and since when it is known.

    Changes carry no time, so that they stay small: each process remembers when it first
    saw the oldest. One that was folded has gone, and another is the oldest.
    """

    def __init__(self) -> None:
        self.oldest: int | None = None
        self.seen_at = 0.0

    def is_young(self) -> bool:
        """Look at one row of an index, and say whether the worker may still come to it."""
        rows = PyramidChange.objects.order_by("pk").values_list("pk", flat=True)
        oldest = rows.first()
        if oldest != self.oldest:
            self.oldest, self.seen_at = oldest, time.monotonic()
        return oldest is None or time.monotonic() - self.seen_at < FOLDED_WITHIN_S


_unfolded = _Unfolded()


def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Say whether all that the site needs is as it should be: 200 or 503."""
    names = ("database", "migrations", "queue", "mail", "map_counts")
    checks = dict.fromkeys(names, False)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT postgis_version()")
            checks["database"] = True
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
            checks["migrations"] = not plan
            cursor.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
            checks["queue"] = bool((cursor.fetchone() or (False,))[0])
            cursor.execute("SELECT to_regclass('post_mail') IS NOT NULL")
            if (cursor.fetchone() or (False,))[0]:
                checks["mail"] = not Mail.objects.stuck().exists()
        checks["map_counts"] = _unfolded.is_young()
    except Error:
        pass  # what stayed False says which
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)
