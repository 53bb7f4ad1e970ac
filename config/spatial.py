"""Where GeoDjango finds GDAL and GEOS: inside the wheels, not on the system.

The packages are located, never imported: importing pyogrio replaces Django's GDAL
error handler. See docs/adr/0003-gdal-from-wheels.md.
"""

import os
from importlib.util import find_spec
from pathlib import Path


def _package_dir(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The package {name} is missing. Run bin/setup.")
    return Path(spec.origin).parent


def _library(package: Path, pattern: str) -> str:
    # Linux wheels keep libraries in <name>.libs, macOS wheels in <name>/.dylibs.
    found = [
        *package.parent.glob(f"{package.name}.libs/{pattern}"),
        *package.glob(f".dylibs/{pattern}"),
    ]
    if not found:
        raise RuntimeError(f"No {pattern} in the {package.name} wheel. Run bin/setup.")
    return str(found[0])


def library_paths() -> tuple[str, str]:
    """Return the paths of GDAL and GEOS, and point PROJ and GDAL to their data."""
    pyogrio, shapely = _package_dir("pyogrio"), _package_dir("shapely")
    os.environ.setdefault("PROJ_DATA", str(pyogrio / "proj_data"))
    os.environ.setdefault("GDAL_DATA", str(pyogrio / "gdal_data"))
    return _library(pyogrio, "libgdal*"), _library(shapely, "libgeos_c*")
