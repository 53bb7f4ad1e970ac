"""``datapackage.json``: every file, and every column of every table, described.

Source: Frictionless Data Package 1.0, https://specs.frictionlessdata.io/data-package/
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fans.research.archive import Member
from fans.research.dictionary import TABLES
from fans.research.sources import Source
from fans.research.tables import Column, Table

AGREEMENT: Final = {
    "name": "study-agreement",
    "title": "For the study's own use, as its homes have agreed. Not to be passed on, and "
    "not to be joined with other data to find out who is meant.",
    "path": "README.md",
}
DIALECT: Final = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
OTHER_FILES: Final = {
    "edges.graphml": (
        "edges",
        "application/graphml+xml",
        "The ties as a network: homes and partners are nodes, ties are edges; weight is "
        "how many times they met, weight_in to weight_letter the same by direction.",
    ),
    "README.md": ("readme", "text/markdown", "How to read and open the files."),
}


def data_package(
    *,
    study: str,
    members: Mapping[str, Member],
    sources: Sequence[Source],
    left_out: Mapping[str, Any],
) -> bytes:
    """Describe the files in ``members``; ``study`` is the study's pseudonym."""
    tables = [_table(table, members[table.path]) for table in TABLES]
    others = [_other(members[name]) for name in OTHER_FILES]
    package = {
        "profile": "data-package",
        "name": f"care-home-friends-and-neighbours-{study.lower()}",
        "title": "Care homes and their neighbours: ties, meetings and openness",
        "description": "De-identified extract of one study. README.md says how.",
        "licenses": [AGREEMENT],
        "sources": [source.as_json() for source in sources],
        "resources": [*tables, *others],
        "leftOut": dict(left_out),
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()


def _table(table: Table, member: Member) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": table.path,
        "profile": "tabular-data-resource",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_size(member),
        "rows": member.lines - 1,
        "dialect": DIALECT,
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.columns),
                "reference": {"resource": key.table, "fields": list(key.columns)},
            }
            for key in table.foreign_keys
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    constraints = {
        "required": column.required,
        "enum": list(column.enum),
        "pattern": column.pattern,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    said = {key: value for key, value in constraints.items() if value not in (None, [], "")}
    field = {"name": column.name, "type": column.type, "description": column.description}
    return {**field, "constraints": said}


def _other(member: Member) -> dict[str, Any]:
    name, mediatype, description = OTHER_FILES[member.name]
    return {
        "name": name,
        "path": member.name,
        "description": description,
        "format": member.name.rpartition(".")[2],
        "mediatype": mediatype,
        "encoding": "utf-8",
        **_size(member),
    }


def _size(member: Member) -> dict[str, Any]:
    return {"bytes": member.bytes, "hash": f"sha256:{member.sha256}"}
