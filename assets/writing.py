"""Staged rows become assets: a few statements for thousands of rows.

Every value has been made fit while the row was read, and the database's own constraints
stand behind it: no row is saved, or validated, by itself.
"""

import json
from collections.abc import Iterable, Sequence, Set
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from assets import categories, further_facts
from assets.candidates import Placed
from assets.changes import changes_of, in_words
from assets.checking import asking, minding
from assets.checking.models import QuestionKind
from assets.checking.renewing import renew
from assets.merging import Minded, merge, said_by
from assets.models import Asset, AssetSource, Dataset, OpenState, Visibility
from assets.options import Options
from assets.origins import Origin
from assets.staging import placed_of
from assets.twins import arriving
from intake.importers import Staged, Verdict, Written
from intake.report import Outcome
from intake.transactions import wait_for_other_imports

IMPORTER: Final = "assets"

_TEXTS: Final = (
    "name",
    "category",
    "abcd_type",
    "description",
    "address",
    "postcode",
    "phone",
    "email",
    "website",
    "opening_hours",
    "wheelchair",
    "access_notes",
    "cost",
    "location_precision",
    "location_source",
    "state",
    "source_licence",
    "source_attribution",
)
_PLACES: Final = {
    "location": "ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326)::geography",
    "outline": "ST_GeomFromWKB(decode(r.outline, 'hex'), 4326)",
    "source_values": "r.source_values",
}
# Left out of a row where its file says nothing of them.
_FURTHER: Final = tuple(further_facts.NOTHING)
_WORDS: Final = frozenset({*_TEXTS, *_FURTHER})
_TYPES: Final = {**dict.fromkeys(_TEXTS, "text"), **further_facts.COLUMN_TYPES}
_ROWS: Final = (
    "json_to_recordset(%s::json) AS r(id bigint, source_ref text, lon float8, lat float8, "
    "outline text, source_values jsonb, "
    + ", ".join(f"{column} {kind}" for column, kind in _TYPES.items())
    + ")"
)
_INSERT: Final = f"""
INSERT INTO assets_asset ({", ".join(_TYPES)}, {", ".join(_PLACES)}, source_ref, source,
    visibility, published_on, check_state, suits, could_give, would_love, who_to_ask,
    email_confirmed, created_at, updated_at)
SELECT {", ".join(f"r.{column}" for column in _TYPES)}, {", ".join(_PLACES.values())},
    r.source_ref, %s, %s, %s, 'due', '', '', '', '', '', %s, %s
  FROM {_ROWS}
"""  # noqa: S608 - columns of ours

_KNOWN: Final = """
SELECT source_ref FROM assets_asset
 WHERE source = %s AND source_ref = ANY(%s) AND source_ref <> ''
"""
_UNCHANGED: Final = """
SELECT a.source_ref, a.id,
       a.source_values - 'ours' = r.said AND (r.licence = '' OR a.source_licence = r.licence)
       AND (r.attribution = '' OR a.source_attribution = r.attribution)
  FROM json_to_recordset(%s::json) AS r(ref text, said jsonb, licence text, attribution text)
  JOIN assets_asset a ON a.source = %s AND a.source_ref = r.ref AND a.source_ref <> ''
"""

OLDER_ROWS: Final = (
    "Some rows are from before what we have of them: of those nothing was taken."
)


def write_rows(rows: Sequence[Staged], options: Options, *, by: Any = None) -> Written:
    """Write rows that are neither refused nor repeats, in the caller's transaction.

    A row known from before is brought up to date; what somebody has edited here since
    stays. No check is renewed. New assets are public, as their source is. A row that
    looks like something that is here is held back, unless it is named in the options.
    ``by``: who gave the answers that the rows carry.
    """
    wait_for_other_imports(IMPORTER)
    with connection.cursor() as cursor:
        # An index of words takes new rows in by as much as this holds: half the time.
        cursor.execute("SET LOCAL work_mem = '64MB'")
    return _Writer(rows, options, by).write()


class _Writer:
    """Writes some rows of one source."""

    def __init__(self, rows: Sequence[Staged], options: Options, by: Any) -> None:
        self.rows, self.options, self.by = rows, options, by
        self.placed = {row.number: placed_of(row) for row in rows}
        self.verdicts: dict[int, Verdict] = {}
        # What a person has to settle, by asset; and how many rows are from before ours.
        self.held: dict[int, dict[str, Any]] = {}
        self.open_again: list[int] = []
        self.older = 0

    def write(self) -> Written:
        """Write everything; return a verdict a row, in the rows' order."""
        known = self._known()
        for row in self.rows:
            if known.get(row.key, (0, False))[1]:
                self._say(row, Outcome.SAME)
        ids = {ref: pk for ref, (pk, same) in known.items() if not same}
        self._bring_up_to_date({row.key: row for row in self.rows if row.key in ids}, ids)
        self._add([row for row in self.rows if row.key not in known])
        self._note_datasets()
        verdicts = [self.verdicts[row.number] for row in self.rows]
        return Written(verdicts, questions=self._ask(), notes=self._notes())

    def _ask(self) -> int:
        source = self.options.source
        asking.withdraw(self.open_again, QuestionKind.CLOSED, source=source)
        dataset = next((row.payload.get("dataset", "") for row in self.rows), "")
        return asking.ask(self.held, source=source, dataset=dataset)

    def _notes(self) -> list[str]:
        return [OLDER_ROWS] if self.older else []

    def _say(self, row: Staged, outcome: Outcome, **words: Any) -> None:
        self.verdicts[row.number] = Verdict(row.number, outcome, **words)

    def _known(self) -> dict[str, tuple[int, bool]]:
        """Return the assets that we have from this source, and whether all is as it was."""
        source, refs = self.options.source.value, [row.key for row in self.rows]
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN, [source, refs])
            known = {ref for (ref,) in cursor.fetchall()}
            said = [self._said(row) for row in self.rows if row.key in known]
            if not said:
                return {}
            cursor.execute(_UNCHANGED, [json.dumps(said), source])
            return {ref: (pk, same) for ref, pk, same in cursor.fetchall()}

    def _said(self, row: Staged) -> dict[str, Any]:
        placed, origin = self.placed[row.number], Origin.from_json(row.payload)
        return {
            "ref": row.key,
            "said": said_by(placed),
            "licence": origin.licence,
            "attribution": origin.attribution,
        }

    def _bring_up_to_date(self, rows: dict[str, Staged], ids: dict[str, int]) -> None:
        if not ids:
            return
        held = Asset.objects.filter(pk__in=ids.values()).select_for_update(of=("self",))
        changed, columns = [], set[str]()
        checked, matter = minding.checked_facts(ids.values()), minding.that_matter(ids.values())
        for asset in held:
            row = rows[asset.source_ref]
            before = {column: in_words(asset, column) for column in (*_TYPES, "location")}
            minded = Minded(checked.get(asset.pk, frozenset()), asset.pk in matter)
            merged = merge(asset, self.placed[row.number], minded)
            self.older += merged.is_older
            if merged.held:
                self.held[asset.pk] = merged.held
            if merged.opens_again:
                self.open_again.append(asset.pk)
            told = merged.changed | _licensed(asset, Origin.from_json(row.payload))
            if told:
                changed.append(asset)
                columns |= told
            # Where only edited columns changed at the source, nothing changes here.
            if told <= {"source_values"}:
                self._say(row, Outcome.SAME)
            else:
                asset.updated_at = timezone.now()
                self._say(row, Outcome.CHANGED, changes=changes_of(asset, before, told))
        _update(changed, columns)
        renew([asset.pk for asset in changed], today=timezone.localdate())

    def _add(self, rows: Sequence[Staged]) -> None:
        source = self.options.source
        known = arriving.linked(source, [row.key for row in rows])
        asked = [row for row in rows if row.key not in known and not row.same_as]
        doubts = arriving.doubts(asked, self.placed, source)
        new, apart = [], {}
        for row in asked:
            doubt = doubts.get(row.number)
            if doubt and not (row.insist or row.number in self.options.take_unsure):
                self._say(row, Outcome.UNSURE, reason=doubt.reason, match=doubt.match)
                continue
            new.append(_columns(row, self.placed[row.number]))
            self._say(row, Outcome.NEW)
            if doubt:
                apart[row.key] = doubt
        if new:
            _insert(new, source)
        arriving.tell_apart(apart, source, by=self.by)
        self._link([row for row in rows if row.key in known or row.same_as], known)

    def _link(self, rows: Sequence[Staged], known: Set[str]) -> None:
        """Take rows for the assets that somebody said they are; nothing else is written."""
        said = [row for row in rows if row.key not in known]
        found = arriving.link(said, self.options.source, by=self.by)
        for row in rows:
            if row.key in known or row.number in found:
                self._say(row, Outcome.SAME)
            else:
                self._say(row, Outcome.UNSURE, reason=arriving.NOT_THERE)

    def _note_datasets(self) -> None:
        """Keep which data we hold and when they last came; see the page of sources."""
        origins = {Origin.from_json(row.payload) for row in self.rows}
        found = [
            Dataset(
                source=self.options.source,
                name=origin.dataset,
                licence=origin.licence,
                attribution=origin.attribution,
                imported_at=timezone.now(),
            )
            for origin in origins
        ]
        Dataset.objects.bulk_create(
            found,
            update_conflicts=True,
            unique_fields=["source", "name"],
            update_fields=["licence", "attribution", "imported_at"],
        )


def _columns(row: Staged, placed: Placed) -> dict[str, Any]:
    """Return a new asset's columns."""
    values, origin = placed.candidate.values, Origin.from_json(row.payload)
    return {
        **further_facts.NOTHING,
        **values,
        "abcd_type": categories.BY_SLUG[values["category"]].abcd_type,
        "lon": placed.lon,
        "lat": placed.lat,
        "location_precision": placed.precision,
        "location_source": placed.point_source,
        "outline": placed.outline or None,
        "state": (OpenState.CLOSED if placed.candidate.closed else OpenState.OPEN).value,
        "source_ref": row.key,
        "source_licence": origin.licence,
        "source_attribution": origin.attribution,
        "source_values": said_by(placed),
    }


def _insert(rows: list[dict[str, Any]], source: AssetSource) -> None:
    now, today = timezone.now(), timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [source.value, Visibility.PUBLISHED.value, today, now, now, json.dumps(rows)],
        )


def _update(assets: Iterable[Asset], columns: set[str]) -> None:
    """Write the columns named of every asset in one statement."""
    rows = [
        {
            "id": asset.pk,
            **{column: getattr(asset, column) for column in columns & _WORDS},
            "lon": asset.location.x if asset.location else None,
            "lat": asset.location.y if asset.location else None,
            "outline": asset.outline.wkb.hex() if asset.outline else None,
            "source_values": asset.source_values,
            "updated": asset.updated_at.isoformat(),
        }
        for asset in assets
    ]
    if not rows:
        return
    sets = [f"{column} = r.{column}" for column in sorted(columns & _WORDS)]
    sets += [f"{column} = {_PLACES[column]}" for column in sorted(columns & set(_PLACES))]
    shape = _ROWS.replace("r(id bigint,", "r(id bigint, updated timestamptz,")
    statement = (
        f"UPDATE assets_asset a SET {', '.join([*sets, 'updated_at = r.updated'])} "  # noqa: S608
        f"FROM {shape} WHERE a.id = r.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows)])


def _licensed(asset: Asset, origin: Origin) -> set[str]:
    """Bring the licence up to what it is now; a file that names none changes none."""
    now = {"source_licence": origin.licence, "source_attribution": origin.attribution}
    changed = {name for name, text in now.items() if text and getattr(asset, name) != text}
    for name in changed:
        setattr(asset, name, now[name])
    return changed
