"""The map on which administrators place things."""

from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSGeometry
from leaflet.admin import LeafletAdminWidget


class MapWidget(LeafletAdminWidget):  # type: ignore[misc]  # leaflet ships no types
    """Shows a malformed geometry that was sent as none, with the field's error."""

    def deserialize(self, value: str) -> GEOSGeometry | None:
        """Read GeoJSON; Django's own lets GDAL's exception through, which is a 500."""
        try:
            found: GEOSGeometry | None = super().deserialize(value)
        except GDALException:
            return None
        return found
