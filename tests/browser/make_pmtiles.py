"""Makes a small vector map in one file from the outlines that ship with the project.

Run by itself, ``python make_pmtiles.py FROM.geojson TO.pmtiles``: pyogrio brings a GDAL of
its own into a process, which must not be one in which GeoDjango runs.
"""

import sys

import pyogrio.raw


def make(source: str, target: str) -> None:
    """Write the shapes of a file as the layer ``earth``, zooms 0 to 8."""
    meta, _, geometry, fields = pyogrio.raw.read(source, columns=["name"])
    pyogrio.raw.write(
        target,
        geometry,
        fields,
        meta["fields"],
        layer="earth",
        driver="PMTiles",
        geometry_type=meta["geometry_type"],
        crs="EPSG:4326",
        dataset_options={"MINZOOM": "0", "MAXZOOM": "8", "NAME": "A small map"},
    )


if __name__ == "__main__":
    make(*sys.argv[1:])
