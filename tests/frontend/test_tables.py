"""What the tables of all pages have in common, read as they are written."""

import re
from pathlib import Path

from django.conf import settings

ROOMS = ("assets", "fans", "frontend", "geo", "homes", "intake")
TABLE = re.compile(r"<table\b([^>]*)>\s*(<caption\b)?")


def test_every_table_says_what_it_shows():
    """By a caption, or by the heading that names it."""
    root = Path(settings.BASE_DIR)
    unnamed = [
        f"{path.relative_to(root)}:{page.count(chr(10), 0, table.start()) + 1}"
        for room in ROOMS
        for path in root.glob(f"{room}/**/templates/**/*.html")
        if "node_modules" not in path.parts
        for page in [path.read_text()]
        for table in TABLE.finditer(page)
        if not table[2] and "aria-label" not in table[1]
    ]

    assert unnamed == []
