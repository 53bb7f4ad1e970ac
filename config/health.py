"""Health of the process, and of what it needs."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from fans.people.post.models import Mail


def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Say whether database, migrations, queue and mail are as they should be: 200 or 503."""
    checks = {"database": False, "migrations": False, "queue": False, "mail": False}
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
    except Error:
        pass  # what stayed False says which
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)
