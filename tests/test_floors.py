"""No version below one with a known hole; the audit tools that would say so need a network."""

import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest
from django.contrib.gis.gdal import gdal_version
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent

PYTHON_FLOORS = {
    "django": "5.2.19",  # CVE-2026-15307, -87890, -111362, -114582, -111211, -113593, -108147
    "djangorestframework": "3.18.3",  # GHSA-2m8g-3cmr-wg3w, GHSA-g47c-3xmw-q6m2
    "django-allauth": "65.19.4",  # CVE-2026-97764
}
GDAL_FLOOR = (
    "3.9"  # CVE-2026-114582 is closed only with a GDAL that can be told to refuse files
)
OPTIONAL_FLOORS = {
    "geopandas": "1.1.2",  # CVE-2025-69662
    "gunicorn": "22",  # request smuggling
}
NPM_FLOORS = {
    "@geoman-io/leaflet-geoman-free": "2.19.3",  # lodash: CVE-2026-2950, -4800
}


def locked(list_name):
    """The versions that a hash-locked list installs."""
    text = (ROOT / list_name).read_text()
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ \\;]+)", text, re.MULTILINE))


@pytest.mark.parametrize(("package", "floor"), PYTHON_FLOORS.items())
def test_installed_versions_have_no_known_hole(package, floor):
    assert Version(version(package)) >= Version(floor)


@pytest.mark.parametrize("list_name", ["requirements.txt", "requirements-dev.txt"])
def test_locked_versions_have_no_known_hole(list_name):
    versions = locked(list_name)

    low = {
        package: versions[package]
        for package, floor in (PYTHON_FLOORS | OPTIONAL_FLOORS).items()
        if package in versions and Version(versions[package]) < Version(floor)
    }

    assert PYTHON_FLOORS.keys() <= versions.keys()
    assert low == {}


def test_django_stays_on_the_long_term_release():
    assert Version(version("django")).release[:2] == (5, 2)


def test_gdal_can_be_told_to_refuse_files_and_network():
    assert Version(gdal_version().decode()) >= Version(GDAL_FLOOR)


def test_npm_packages_have_no_known_hole():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    versions = {
        path.rsplit("node_modules/", 1)[-1]: entry["version"]
        for path, entry in packages.items()
        if path
    }

    low = {
        package: versions[package]
        for package, floor in NPM_FLOORS.items()
        if package in versions and Version(versions[package]) < Version(floor)
    }

    assert versions["leaflet"].startswith("1.9.")
    assert low == {}


def test_testing_installs_what_running_installs():
    running, testing = locked("requirements.txt"), locked("requirements-dev.txt")

    assert running.items() <= testing.items()
