"""Areas, postcodes and place names; and what every located record has."""

import pghistory
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db.models import Q
from django.db.models.functions import Upper

from geo.constraints import location_in_uk
from geo.postcodes import UNIT_POSTCODE
from geo.querysets import LocatedQuerySet
from geo.srid import WGS84


class Precision(models.TextChoices):
    """How closely a location is known."""

    EXACT = "exact", "exact"
    POSTCODE = "postcode", "to the postcode"
    SECTOR = "sector", "to the postcode sector"
    OUTCODE = "outcode", "to the postcode district"


class Located(models.Model):
    """Where something is: one point, how precise, and how it was obtained.

    ``location`` is geography, SRID 4326, x = longitude and y = latitude, so that
    PostGIS measures in metres and indexes what it measures. Models that inherit add
    ``location_in_uk()``, ``location_complete()`` and a named GiST index.
    """

    location = models.PointField(geography=True, spatial_index=False, null=True, blank=True)
    location_precision = models.CharField(max_length=10, choices=Precision, blank=True)
    # register, file, map, geocoder, postcode: who or what put the point there.
    location_source = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True


class AreaKind(models.TextChoices):
    """What sort of area a boundary encloses."""

    COUNTY = "county", "county or region"
    LOCAL_AUTHORITY = "local_authority", "local authority"
    WARD = "ward", "ward"
    NEIGHBOURHOOD = "neighbourhood", "neighbourhood"


@pghistory.track()
class Area(models.Model):
    """A named part of the country.

    The outline that ships with the project gives local authorities or, where it is
    coarser, counties; operators load official boundaries over it.
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=AreaKind)
    # ONS GSS code, e.g. E08000009. https://www.ons.gov.uk/methodology/geography
    code = models.CharField(max_length=9, blank=True)
    # Planar on purpose: areas are drawn and tested for containment, never measured.
    boundary = models.MultiPolygonField(srid=WGS84, spatial_index=False)
    source = models.CharField(max_length=80)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [GistIndex(fields=["boundary"], name="geo_area_boundary_gist")]
        constraints = [
            models.CheckConstraint(
                condition=Q(boundary__isvalid=True), name="geo_area_boundary_valid"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AreaKind.values), name="geo_area_kind_known"
            ),
            models.UniqueConstraint(
                fields=["kind", "name", "source"], name="geo_area_named_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "code"], condition=~Q(code=""), name="geo_area_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this area is asked in."""
        return {"area": {self.pk}}


class PostcodeQuerySet(LocatedQuerySet["Postcode"]):
    """Postcodes by place."""


class Postcode(models.Model):
    """One unit postcode and the point that stands for it."""

    # Without its space, upper case: M332DH.
    code = models.CharField(max_length=7, primary_key=True)
    location = models.PointField(geography=True, spatial_index=False)
    lad_code = models.CharField(max_length=9, blank=True)

    objects = PostcodeQuerySet.as_manager()

    class Meta:
        indexes = [GistIndex(fields=["location"], name="geo_postcode_location_gist")]
        constraints = [
            location_in_uk(),
            models.CheckConstraint(
                condition=Q(code__regex=UNIT_POSTCODE),
                name="geo_postcode_code_shape",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"


class PostcodeCell(models.Model):
    """The centre of all loaded postcodes of one sector (M33 2) or outcode (M33)."""

    code = models.CharField(max_length=6, primary_key=True)
    kind = models.CharField(
        max_length=7, choices=[(Precision.SECTOR, "sector"), (Precision.OUTCODE, "outcode")]
    )
    location = models.PointField(geography=True, spatial_index=False)
    postcodes_count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            location_in_uk(),
            models.CheckConstraint(
                condition=Q(kind__in=["sector", "outcode"]),
                name="geo_postcodecell_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(postcodes_count__gt=0), name="geo_postcodecell_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PlaceQuerySet(LocatedQuerySet["Place"]):
    """Towns and villages by place and name."""


class Place(models.Model):
    """A town or village with its name, for the map and the search box.

    Source: GeoNames, CC BY 4.0, https://www.geonames.org/
    """

    geonames_id = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=120)
    population = models.PositiveIntegerField(default=0)
    location = models.PointField(geography=True, spatial_index=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["-population", "name"]
        indexes = [
            GistIndex(fields=["location"], name="geo_place_location_gist"),
            # As iexact and istartswith spell it: asked at every letter that is typed.
            models.Index(
                OpClass(Upper("name"), name="text_pattern_ops"), name="geo_place_upper_name"
            ),
        ]
        constraints = [location_in_uk()]

    def __str__(self) -> str:
        return self.name


class SettlementTile(models.Model):
    """One tile of where people live, drawn from the postcodes: see ``geo.settlement``."""

    z = models.PositiveSmallIntegerField()
    x = models.PositiveIntegerField()
    y = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["z", "x", "y"], name="geo_settlementtile_once"),
            models.CheckConstraint(
                condition=Q(z__gte=4, z__lte=10), name="geo_settlementtile_zoom_drawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.z}/{self.x}/{self.y}"


class LoadedGazetteer(models.Model):
    """Which postcode file stands in the database, and how many of its rows."""

    source = models.CharField(max_length=20, primary_key=True)  # demo, package, file
    rows_placed = models.PositiveIntegerField()
    finished_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.source


class PyramidCell(models.Model):
    """How many public places lie in one cell of one zoom, of one kind and state or of all.

    ``key``: see ``geo.pyramid``. ``sx`` and ``sy`` are the sums of how far each lies from
    the cell's north-western corner, in 128ths of the cell.
    """

    key = models.BigIntegerField(primary_key=True)
    n = models.IntegerField()
    sx = models.IntegerField()
    sy = models.IntegerField()

    class Meta:
        indexes = [
            # Emptied cells are looked for whenever changes are folded in.
            models.Index(fields=["key"], condition=Q(n=0), name="geo_pyramidcell_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.n} in {self.key}"


class PyramidChange(models.Model):
    """A change that the pyramid's cells do not hold yet: ``n`` more, or fewer, at a spot.

    Written by triggers and only ever added and taken away, so that no writer waits for
    another. ``x`` and ``y``: of the web mercator world, in 2^31 parts from the north-west.
    ``kind``: of what is written for its mark, the kind that it is of; else 0.
    """

    x = models.IntegerField()
    y = models.IntegerField()
    what = models.SmallIntegerField()
    kind = models.SmallIntegerField(db_default=0)
    n = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["y", "x"], name="geo_pyramidchange_place")]
        constraints = [
            models.CheckConstraint(condition=~Q(n=0), name="geo_pyramidchange_of_something"),
            models.CheckConstraint(
                condition=Q(x__gte=0, y__gte=0), name="geo_pyramidchange_in_world"
            ),
            models.CheckConstraint(
                condition=Q(what__gt=0, what__lt=256), name="geo_pyramidchange_what_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=0) | Q(kind__gt=0, kind__lt=31, what__gte=248),
                name="geo_pyramidchange_kind_of_marked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n:+} of {self.what} at {self.x}, {self.y}"


class PyramidCheck(models.Model):
    """One comparison of the pyramid with all places counted anew."""

    checked_at = models.DateTimeField(auto_now_add=True)
    cells = models.PositiveIntegerField()
    different = models.PositiveIntegerField()

    class Meta:
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return f"{self.checked_at:%-d %B %Y}: {self.different} of {self.cells} differ"
