"""What is being done, and by whom: noted beside every change that it makes.

A request notes the id of who is signed in and the route's name, a command or a job its
name. Nothing else may go in: no address, no name, no e-mail, or erasing somebody would
have to look for it here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

import pghistory
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.http import HttpRequest
from pghistory import runtime
from psycopg.sql import Composable

SERVING: Final = frozenset({"migrate", "run_worker", "runserver", "procrastinate", "shell"})
"""Commands that stand for nothing: what they run says for itself what it does."""


class WhoIsSignedIn:
    """The id of the person behind a request, looked up when something is written."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.found: int | None = None

    def person_id(self) -> int | None:
        """Return the first to be known: who signs out still did what came before."""
        if self.found is None:
            self.found = getattr(self.request.user, "pk", None)
        return self.found


class Encoder(DjangoJSONEncoder):
    """Writes down who is signed in."""

    def default(self, o: Any) -> Any:
        """Return what stands for ``o``."""
        return o.person_id() if isinstance(o, WhoIsSignedIn) else super().default(o)


@contextmanager
def doing(**what: Any) -> Iterator[None]:
    """Note ``what`` beside every change made inside: ids and names of code, nothing more.

    What stands already, further out, is added to.
    """
    with connection.execute_wrapper(_as_text), pghistory.context(**what):
        yield


def add(**what: Any) -> None:
    """Add to what is being done, where something is."""
    pghistory.context(**what)


def current_id() -> UUID | None:
    """Return the random id that this request, command or job goes by."""
    noted = getattr(runtime._tracker, "value", None)
    return noted.id if noted else None


@contextmanager
def doing_command(arguments: list[str]) -> Iterator[None]:
    """Note the name of a management command; ``arguments`` as in ``sys.argv``."""
    name = arguments[1] if len(arguments) > 1 else ""
    if name in SERVING or not name.replace("_", "").isalpha():
        yield
        return
    with doing(command=name):
        yield


def doing_task(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Note the name of a background job: a middleware of the worker, for every task."""
    with doing(task=context.job.task_name):
        return call_next()


def _as_text(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Hand statements on so that the library can put its words, and values, before them."""
    if isinstance(sql, Composable):
        sql = sql.as_string(context["cursor"].connection)
    if params is None and not many:  # with values beside it, a plain % would ask for one
        sql, params = sql.replace("%", "%%"), ()
    return execute(sql, params, many, context)
