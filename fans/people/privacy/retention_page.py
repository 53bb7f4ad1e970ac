"""The rules as a page of the docs, made from the rules and settings themselves."""

from typing import Final

from fans.people.privacy.retention import rules

_TOP: Final = """# How long what is kept

Made from the rules and `config/retention.py` by `bin/manage write_retention_page`; do not edit
it by hand. Each number is a default: the operator sets another with the variable named. The job
runs every night (`bin/manage run_retention`; `--dry-run` only counts). Administrators see what
is due, and what earlier runs did, on the page "What is kept no longer".

A day is a day in London; a month a calendar month. Something of 3 May that is kept for 30 days
is due on 2 June. Whatever is deleted goes from the record of changes as well.

| what | how long | then | why so long | variable |
| --- | --- | --- | --- | --- |
"""
_END: Final = """
Kept without an end: counts of connections and tallies, scores, hours given (without whose they
were), reports of imports (counts and refusals), and the log of research extracts: who took
which file, and its fingerprint; the file itself is never kept here. Register facts of homes and
published places are public.

Backups are the operator's. Throw them away after the shortest time that you can live with, and
run `bin/manage run_retention` after a restore.
"""


def as_markdown() -> str:
    """Return the page."""
    rows = "".join(
        f"| {rule.label} | {rule.period} | {rule.done} | {rule.why} "
        f"| `FANS_KEEP_{rule.setting}` |\n"
        for rule in rules()
    )
    return f"{_TOP}{rows}{_END}"
