"""The count pyramid: how many places lie in each cell of the map, ready at every zoom.

The world is cut into tiles, and each tile of zoom 0 to 12 into 32 by 32 cells. Every cell
has a row for each kind of place in each state that lies in it; up to zoom 10, where a
tile may hold them all, also rows that sum over kinds, over states and over both. So any
tile with any filter is a few short stretches of one index (docs/adr/0028).

A row's key is, from the left: zoom (4 bits), the tile's y and x (12 each), the kind
(5; 0: any), the state (3; 0: any), the cell's y and x (5 each). Kind and state together
are the ``sheet``. State numbers count on for what has an offer.

Triggers write each change beside the cells, in the transaction that makes it, and a job
folds these in (``geo.pyramid_folding``). What is read is always the sum of both.

What has a mark is counted once more as if the mark were a kind, the 31st, which no sum
over kinds contains; and by its own kind on a page of its own, whose keys have one bit more
in front of the zoom. There the 31st kind is the sum over kinds, at every zoom.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from geo.tiles import EXTENT, WORLD_BITS, Tile, in_uk_box

FINEST_ZOOM: Final = 12
SUMMED_TO_ZOOM: Final = 10
"""Up to here, cells have rows that sum over kinds and states; below they would be as many
as what they sum."""

CELLS: Final = 32
SHEET_SHIFT: Final = 10
TILE_SHIFT: Final = 18
ZOOM_SHIFT: Final = 42
_ANY: Final = 0
_MARKED: Final = 31
FIRST_MARKED: Final = _MARKED << 3
"""The least ``what`` of a row that is there for its mark."""
_PAGE_SHIFT: Final = 46
MARKED_PAGE: Final = 1 << _PAGE_SHIFT
"""The first key of what has the mark, by kind."""


@dataclass(frozen=True)
class Counted:
    """What the pyramid counts: the words of its filters, and where it all stands.

    ``spots`` is a query for ``x``, ``y``, ``what``, ``kind`` and ``location`` of every row
    that counts; triggers on its table write the same to ``geo_pyramidchange``. ``what`` is
    8 * (the kind's place in ``kinds``, from 1) + the state's place in ``states``, from 1;
    plus the number of states where the row has an offer. A row with the mark is there
    twice, the second time of kind 31, with its own number in ``kind``, else 0.
    """

    layer: str
    kinds: tuple[str, ...]
    states: tuple[str, ...]
    mark: str
    spots: str


@dataclass(frozen=True)
class CellsAsked:
    """Which public rows are counted: of these kinds and states (none named: of all)."""

    layer: str
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    offers: bool = False  # only what has an offer
    mark: str = ""  # only what has it


@dataclass(frozen=True)
class Sheet:
    """Rows of one kind and state, or of any; to be added, or taken away again."""

    number: int
    sign: int = 1


_registered: dict[str, Counted] = {}


def register(counted: Counted) -> None:
    """Make known what the pyramid counts; there is one pyramid."""
    if _registered and counted.layer not in _registered:
        raise ValueError("the pyramid counts something else already")
    _registered[counted.layer] = counted


def counted() -> Counted:
    """Return what the pyramid counts."""
    return next(iter(_registered.values()))


def encode_cells(
    asked: CellsAsked,
    tile: Tile,
    *,
    extra: QuerySet[Any, Any] | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> bytes:
    """Encode one tile of zoom 12 or below: cells with ``n``; an empty tile is ``b""``.

    ``extra``: rows beside the public ones, such as the drafts that a visitor may see;
    their ``location`` is read, and filters are the caller's.
    """
    if tile.z > FINEST_ZOOM:
        raise ValueError(f"zoom {tile.z} is not in cells")
    box = in_uk_box(tile.bbox)
    if box is None:
        return b""
    beside, beside_params = "", list[Any]()
    if extra is not None:
        found = extra.filter(location__bboverlaps=box).order_by().values_list("location")
        beside, beside_params = _beside(found, using)
    parameters = [*_tile_parameters(asked, tile), *beside_params]
    with connections[using].cursor() as cursor:
        cursor.execute(_tile_sql(asked, beside), parameters)
        (data,) = cursor.fetchone()
    return bytes(data)


def sheets(asked: CellsAsked, *, zoom: int) -> list[Sheet]:
    """Return the sheets of a zoom whose rows, added up, are what is asked for."""
    kinds, states = _kind_numbers(asked), _state_numbers(asked)
    page = MARKED_PAGE >> SHEET_SHIFT if asked.mark else 0
    every = range(1, len(counted().kinds) + 1)
    if zoom <= SUMMED_TO_ZOOM:
        states = states or [_ANY]
    elif asked.mark:
        states = states or [*_every_state()]
    else:
        return [
            Sheet(kind << 3 | state)
            for kind in kinds or every
            for state in states or _every_state()
        ]
    summed = [Sheet((_MARKED if asked.mark else _ANY) << 3 | state) for state in states]
    if not kinds:
        return summed
    if len(kinds) <= len(every) // 2:
        return [Sheet(page | kind << 3 | state) for kind in kinds for state in states]
    # Most of them: shorter as all but a few.
    others = sorted(set(every) - set(kinds))
    return summed + [Sheet(page | kind << 3 | state, -1) for kind in others for state in states]


def sheet_numbers(asked: CellsAsked) -> list[int] | None:
    """Return 8 * kind + state of all that is asked for, whatever its mark; None for all."""
    kinds, states = _kind_numbers(asked), _state_numbers(asked)
    if not kinds and not states:
        return None
    every = range(1, len(counted().kinds) + 1)
    return [kind << 3 | state for kind in kinds or every for state in states or _every_state()]


def asked_numbers(asked: CellsAsked) -> list[int] | None:
    """Return what ``is_asked`` compares with; None where it compares with nothing."""
    if not asked.mark:
        return sheet_numbers(asked)
    return [
        kind << 8 | FIRST_MARKED | state
        for kind in _kind_numbers(asked) or [_ANY]
        for state in _state_numbers(asked) or _every_state()
    ]


def is_asked(asked: CellsAsked) -> str:
    """Write the condition that a spot is asked for; ``asked_numbers`` are its parameter."""
    if asked_numbers(asked) is None:
        return f"what < {FIRST_MARKED}"
    if asked.mark and _kind_numbers(asked):
        return "(kind::int << 8 | what) = ANY (%s::int[])"
    return "what = ANY (%s::smallint[])"


def first_key(zoom: int, x: int, y: int, sheet: int = 0) -> int:
    """Return the key of the north-western cell of a tile."""
    return zoom << ZOOM_SHIFT | y << 30 | x << TILE_SHIFT | sheet << SHEET_SHIFT


def _every_state() -> range:
    return range(1, 2 * len(counted().states) + 1)


def _kind_numbers(asked: CellsAsked) -> list[int]:
    if asked.layer not in _registered:
        raise ValueError(f"the pyramid does not count {asked.layer}")
    if asked.mark not in {"", counted().mark}:
        raise ValueError(f"the pyramid does not count {asked.mark}")
    numbers = sorted({counted().kinds.index(kind) + 1 for kind in asked.kinds})
    return [] if len(numbers) == len(counted().kinds) else numbers


def _state_numbers(asked: CellsAsked) -> list[int]:
    count = len(counted().states)
    numbers = sorted({counted().states.index(state) + 1 for state in asked.states})
    if not asked.offers and len(numbers) in (0, count):
        return []
    of_offers = [number + count for number in numbers or range(1, count + 1)]
    return of_offers if asked.offers else numbers + of_offers


def _tile_parameters(asked: CellsAsked, tile: Tile) -> Iterator[Any]:
    bits = WORLD_BITS - tile.z
    yield from (tile.x << bits, (tile.x + 1 << bits) - 1)
    yield from (tile.y << bits, (tile.y + 1 << bits) - 1)
    yield bits - 5
    found = sheets(asked, zoom=tile.z)
    yield [first_key(tile.z, tile.x, tile.y, sheet.number) for sheet in found]
    yield [sheet.sign for sheet in found]
    numbers = asked_numbers(asked)
    if numbers is not None:
        yield numbers


def _beside(rows: QuerySet[Any, Any], using: str) -> tuple[str, list[Any]]:
    """Write the part of the statement that reads rows beside the public ones."""
    query = rows.query.clone()
    query.subquery = True  # geography as such, not as the bytes that Python would read
    try:
        sql, params = query.get_compiler(using=using).as_sql()
    except EmptyResultSet:
        return "", []
    spots = "SELECT geo_world_x(location), geo_world_y(location), 1"
    return f"UNION ALL {spots} FROM ({sql}) AS beside (location)", list(params)


def _tile_sql(asked: CellsAsked, beside: str) -> str:
    return f"""
        WITH tile (west, east, north, south, bits) AS (
            SELECT %s::int, %s::int, %s::int, %s::int, %s::int
        ),
        stood (cell, n, sx, sy) AS (
            SELECT (key & 1023)::int, sign * n, sign * sx, sign * sy
            FROM unnest(%s::bigint[], %s::int[]) AS sheet (first_key, sign)
            CROSS JOIN LATERAL (
                SELECT key, n, sx, sy FROM geo_pyramidcell
                WHERE key >= first_key AND key < first_key + 1024
                -- A sheet has no more; said, or the planner reckons with millions.
                LIMIT 1024
            ) AS held
        ),
        spots (x, y, n) AS (
            SELECT x, y, n FROM tile, geo_pyramidchange
            WHERE y BETWEEN north AND south AND x BETWEEN west AND east
              AND {is_asked(asked)}
            {beside}
        ),
        changed AS (
            SELECT ((y >> bits) & 31) * 32 + ((x >> bits) & 31),
                   n, n * ((x >> (bits - 7)) & 127), n * ((y >> (bits - 7)) & 127)
            FROM tile, spots
            WHERE y BETWEEN north AND south AND x BETWEEN west AND east
        ),
        cells AS (
            SELECT cell, sum(n)::int AS n, sum(sx) / sum(n) AS ox, sum(sy) / sum(n) AS oy
            FROM (SELECT * FROM stood UNION ALL SELECT * FROM changed) AS both_parts
            GROUP BY cell HAVING sum(n) > 0
        )
        SELECT ST_AsMVT(feature, '{asked.layer}', {EXTENT}, 'geom') FROM (
            SELECT ST_MakePoint((cell & 31) * 128 + ox, (cell >> 5) * 128 + oy) AS geom, n
            FROM cells
        ) AS feature
    """  # noqa: S608
