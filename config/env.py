"""Typed settings from the environment, and from the project's own private cluster."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()


def _from_url(url: str) -> dict[str, Any]:
    """Read ``postgres://user:password@host:port/name?host=/socket/folder``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql", "postgis"} or not parts.path[1:]:
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://user:password@host:5432/name"
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = query.pop("host", parts.hostname or "")
    return {
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }


def _from_private_cluster(folder: Path) -> dict[str, Any]:
    """Read what ``bin/setup`` wrote about the project's own cluster."""
    try:
        socket = (folder / "socket").read_text().strip()
        password = (folder / "password").read_text().strip()
    except FileNotFoundError:
        # Commands that need no database (score_evidence) still work.
        socket, password = str(folder / "no-cluster-yet"), ""
    return {"NAME": "fans", "USER": "fans", "PASSWORD": password, "HOST": socket}


def uses_own_database() -> bool:
    """Say whether the operator named a database of their own."""
    return bool(os.environ.get("DATABASE_URL"))


def database(cluster: Path) -> dict[str, Any]:
    """Return Django's settings of the default database."""
    url = os.environ.get("DATABASE_URL")
    found = _from_url(url) if url else _from_private_cluster(cluster)
    return {"ENGINE": "django.contrib.gis.db.backends.postgis", **found}


TILES_TIMEOUT_MS = 3_000
"""A tile that takes longer is not drawn: somebody has moved on by then."""


def tiles_database(default: dict[str, Any]) -> dict[str, Any]:
    """Return the same database for reading tiles: many small questions, one at a time.

    Statements are prepared, so that they are planned once; no question is shared out
    among processes, which costs a small one more than it saves; connections stay open,
    one for each of the server's threads.
    """
    options = dict(default["OPTIONS"]) if default.get("OPTIONS") else {}
    given = str(options.get("options", ""))
    set_here = {
        "max_parallel_workers_per_gather": 0,
        # Planning anew for each tile takes three times as long as finding its points.
        "plan_cache_mode": "force_generic_plan",
        "statement_timeout": TILES_TIMEOUT_MS,
        "default_transaction_read_only": "on",
    }
    flags = (f"-c {name}={value}" for name, value in set_here.items())
    options |= {
        "options": " ".join([given, *flags]).strip(),
        "server_side_binding": True,
        "prepare_threshold": 1,
    }
    return {
        **default,
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIRROR": "default"},
    }


def secret_key(folder: Path, *, testing: bool) -> str:
    """Return ``SECRET_KEY``, or a random one kept in ``folder`` for this checkout.

    Raises:
        ImproperlyConfigured: the operator's own database is used without a key.
    """
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    if uses_own_database() and not testing:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return _kept_secret(folder / "secret_key")


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # 0600 from the first moment; O_EXCL lets two first starts agree on one key.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key
