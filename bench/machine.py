"""What a figure was measured on: no names and no paths, only what bears on speed."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

from bench.databases import Databases


def facts(databases: Databases) -> dict[str, str]:
    """Return the machine's facts by what they are."""
    server, postgis = databases.versions()
    return {
        "cores": str(os.cpu_count()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
        "PostgreSQL": server,
        "PostGIS": postgis,
        "Django": version("django"),
        "psycopg": version("psycopg"),
        "server settings": databases.settings(),
    }


def _memory() -> str:
    try:
        text = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:
        return "unknown"
    found = re.search(r"MemTotal:\s+(\d+) kB", text)
    return f"{int(found[1]) / 1024**2:.0f} GiB" if found else "unknown"
