"""Algorithm 1's lived part, written as SQL from an instrument.

What ``raw_values`` and ``algorithm_1`` say in Python is said here again, so that the
database scores a country without its rows leaving it. Counts, and so all raw values but
evenness, are the same floats to the last digit; bands and ``lived`` are whole numbers.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

from psycopg import sql

from fans.openness.algorithms.algorithm_1 import PER_STEP
from fans.openness.algorithms.raw_values import EVENNESS_PLACES
from fans.openness.instrument import Formula, Indicator, Instrument, Raw
from fans.openness.instrument_file import published
from fans.openness.log_facts import FACTS

ALGORITHM: Final = 1
"""The one algorithm that this is."""


class NotInSqlError(Exception):
    """An instrument that the database cannot score; its words say why."""


@cache
def scored_by(version: str) -> str:
    """Return ``scored`` for an instrument of ``fixtures/instrument``, made once."""
    return scored(published()[version])


def scored(instrument: Instrument) -> str:
    """Return CTEs that go on from the log's ledger and end in ``scored``.

    ``scored`` has a row for each home asked for: ``nr, home_id, as_of, starts_on, counts,
    raws, bands, lived``.

    Raises:
        NotInSqlError: the instrument is not of algorithm 1.
    """
    if instrument.algorithm != ALGORITHM:
        raise NotInSqlError(
            f"{instrument.version} is of algorithm {instrument.algorithm}, not {ALGORITHM}."
        )
    counted = [indicator for indicator in instrument.indicators if indicator.counted]
    names = {indicator.id: sql.Identifier(indicator.id) for indicator in counted}
    pairs = [sql.SQL("{}, {}").format(sql.Literal(id), name) for id, name in names.items()]
    text = sql.SQL(SCORED).format(
        raws=_listed(sql.SQL("{} AS {}").format(_raw(i), names[i.id]) for i in counted),
        bands=_listed(sql.SQL("{} AS {}").format(_band(i), names[i.id]) for i in counted),
        by_name=_listed(pairs),
        total=sql.SQL(" + ").join(
            sql.SQL("coalesce({}, 0)").format(name) for name in names.values()
        ),
        known=_listed(names.values()),
        per_step=sql.Literal(PER_STEP),
    )
    return FACTS + text.as_string(None)


# Materialized, or the planner copies each raw value into every place that names it. The
# mean of known bands, rounded half up to a tenth, is made of whole numbers all the way.
SCORED: Final = """,
in_window AS MATERIALIZED (
  SELECT f.nr, f.home_id, f.as_of, f.starts_on, f.beds, f.months_since_start,
         f.residents_out, f.residents_reached, f.familiar_partners, f.two_way_partners,
         f.sustained_partners, f.reachable_assets, f.reachable_assets_with_tie,
         f.home_assets_listed, f.home_assets_used, f.occurrences,
         f.occurrences_with_origin, f.occurrences_from_residents,
         CASE WHEN f.is_small THEN f.visits_in / 2::float8 ELSE f.visits_in END AS visits_in,
         CASE WHEN f.is_small THEN f.trips_out / 2::float8 ELSE f.trips_out END AS trips_out,
         coalesce(v.active_partners, 0) AS active_partners, v.weighted_logs,
         to_jsonb(f) - '{{nr,home_id,as_of,starts_on}}'::text[] AS counts
    FROM facts f LEFT JOIN varied v USING (nr)
),
raw_values AS MATERIALIZED (
  SELECT nr, home_id, as_of, starts_on, counts, {raws} FROM in_window
),
banded AS MATERIALIZED (
  SELECT nr, home_id, as_of, starts_on, counts, jsonb_build_object({by_name}) AS raws,
         {bands}
    FROM raw_values
),
scored AS (
  SELECT nr, home_id, as_of, starts_on, counts, raws,
         jsonb_build_object({by_name}) AS bands,
         CASE WHEN known > 0
              THEN ((20 * {per_step} * ({total}) + known) / (2 * known))::numeric(4) / 10
         END AS lived
    FROM banded CROSS JOIN LATERAL (SELECT num_nonnulls({known}) AS known) k
)
"""


def _listed(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)


def _band(indicator: Indicator) -> sql.Composed:
    """Return the number of cuts at or below the raw value; 0 for zero, else at least 1."""
    assert indicator.counted is not None  # noqa: S101 (only counted ones are asked for)
    return sql.SQL(
        "CASE WHEN {raw} > 0 THEN greatest(1, width_bucket({raw}, {cuts}::float8[]))"
        " WHEN {raw} = 0 THEN 0 END"
    ).format(
        raw=sql.Identifier(indicator.id),
        cuts=sql.Literal([float(cut) for cut in indicator.counted.cuts]),
    )


def _raw(indicator: Indicator) -> sql.Composed:
    assert indicator.counted is not None  # noqa: S101 (only counted ones are asked for)
    raw = indicator.counted.raw
    return FORMULAS[raw.formula](raw)


def _count(name: str | None) -> sql.Composable:
    return sql.Identifier(name) if name else sql.SQL("NULL::int")


def _per_bed(raw: Raw, times: int = 1) -> sql.Composed:
    return sql.SQL("{} * {}::float8 / nullif(beds, 0)").format(
        sql.Literal(times), _count(raw.count)
    )


def _per_ten_beds(raw: Raw) -> sql.Composed:
    return _per_bed(raw, times=10)


def _share(raw: Raw) -> sql.Composed:
    is_known = [sql.SQL("{} >= {}").format(_count(raw.of), sql.Literal(raw.at_least))]
    if raw.recorded_for is not None:
        is_known.append(
            sql.SQL("nullif({recorded_for}, 0) <= 2 * {of}").format(
                recorded_for=_count(raw.recorded_for), of=_count(raw.of)
            )
        )
    return sql.SQL("CASE WHEN {} THEN {}::float8 / nullif({}, 0) END").format(
        sql.SQL(" AND ").join(is_known), _count(raw.count), _count(raw.of)
    )


def _number(raw: Raw) -> sql.Composed:
    if not raw.months_at_least:
        return sql.SQL("{}").format(_count(raw.count))
    return sql.SQL("CASE WHEN months_since_start >= {} THEN {} END").format(
        sql.Literal(raw.months_at_least), _count(raw.count)
    )


def _evenness(raw: Raw) -> sql.Composed:
    """Return Shannon's entropy of n shares: ln of the total less the mean of n ln n."""
    return sql.SQL(
        "CASE WHEN active_partners >= {at_least} THEN least(1, round("
        "((ln(active_partners::float8) - weighted_logs / active_partners)"
        " / ln({kinds}::float8))::numeric, {places}))::float8 END"
    ).format(
        at_least=sql.Literal(max(1, raw.at_least)),
        kinds=sql.Literal(raw.kinds),
        places=sql.Literal(EVENNESS_PLACES),
    )


FORMULAS: Final[Mapping[Formula, Callable[[Raw], sql.Composed]]] = {
    Formula.PER_TEN_BEDS: _per_ten_beds,
    Formula.PER_BED: _per_bed,
    Formula.SHARE: _share,
    Formula.NUMBER: _number,
    Formula.EVENNESS: _evenness,
}
