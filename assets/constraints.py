"""What an asset may be, whatever writes it: the constraints of its table."""

from typing import Final

from django.contrib.gis.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from assets import categories
from assets.choices import (
    AbcdType,
    AssetSource,
    CheckState,
    CostKind,
    OpenState,
    Visibility,
    Wheelchair,
    YesNo,
)
from geo.constraints import location_complete, location_in_uk

OLDEST: Final = 120
"""No group is for people of more years than this."""

ACCESS: Final = (
    "step_free",
    "wheelchair_toilet",
    "accessible_parking",
    "hearing_loop",
    "seating",
    "quiet",
)
"""What else matters to somebody on an outing: yes, no, or nobody has said."""

BESIDE_THE_MAP = Q(location__isnull=True) | Q(visibility="draft")
"""What the counts of the map's cells leave out: few rows, with an index of their own."""

STALE_LAST: Final = models.ExpressionWrapper(
    Q(check_state=CheckState.STALE.value), output_field=models.BooleanField()
)
"""The first sort key of lists; an index holds this very expression."""

CONSTRAINTS: Final[list[BaseConstraint]] = [
    location_in_uk(),
    location_complete(),
    models.CheckConstraint(condition=~Q(name=""), name="assets_asset_has_name"),
    models.CheckConstraint(
        condition=Q(category__in=categories.SLUGS),
        name="assets_asset_category_known",
    ),
    models.CheckConstraint(
        condition=Q(abcd_type__in=AbcdType.values), name="assets_asset_abcd_known"
    ),
    models.CheckConstraint(
        condition=Q(visibility__in=Visibility.values),
        name="assets_asset_visibility_known",
    ),
    models.CheckConstraint(
        condition=Q(state__in=OpenState.values), name="assets_asset_state_known"
    ),
    models.CheckConstraint(
        condition=Q(check_state__in=CheckState.values),
        name="assets_asset_check_state_known",
    ),
    models.CheckConstraint(
        condition=Q(wheelchair__in=Wheelchair.values),
        name="assets_asset_wheelchair_known",
    ),
    models.CheckConstraint(
        condition=Q(source__in=AssetSource.values), name="assets_asset_source_known"
    ),
    models.CheckConstraint(
        condition=~Q(category__in=categories.UNLOCATED) | Q(location__isnull=True),
        name="assets_asset_gift_without_place",
        violation_error_message="A person's gift or an online group has no place.",
    ),
    models.CheckConstraint(
        condition=~Q(visibility=Visibility.PUBLISHED) | Q(published_on__isnull=False),
        name="assets_asset_published_dated",
    ),
    models.CheckConstraint(
        condition=~Q(category=categories.INDIVIDUAL_GIFT) | ~Q(visibility=Visibility.PUBLISHED),
        name="assets_asset_gift_not_public",
        violation_error_message="A person's own gift is never public.",
    ),
    models.CheckConstraint(
        condition=Q(merged_into__isnull=True)
        | (Q(visibility=Visibility.HIDDEN) & ~Q(merged_into=F("id"))),
        name="assets_asset_merged_is_hidden",
    ),
    models.UniqueConstraint(
        fields=["source", "source_ref"],
        condition=~Q(source_ref=""),
        name="assets_asset_source_ref_once",
    ),
    *(
        models.CheckConstraint(
            condition=Q(**{f"{column}__in": YesNo.values}), name=f"assets_asset_{column}_known"
        )
        for column in ACCESS
    ),
    models.CheckConstraint(
        condition=Q(cost_kind__in=CostKind.values), name="assets_asset_cost_kind_known"
    ),
    models.CheckConstraint(
        condition=(Q(age_from__isnull=True) | Q(age_from__range=(0, OLDEST)))
        & (Q(age_to__isnull=True) | Q(age_to__range=(0, OLDEST))),
        name="assets_asset_ages_of_people",
        violation_error_message=f"Put an age in years, from 0 to {OLDEST}.",
    ),
    models.CheckConstraint(
        condition=Q(age_from__isnull=True)
        | Q(age_to__isnull=True)
        | Q(age_to__gte=F("age_from")),
        name="assets_asset_ages_in_order",
        violation_error_message="The oldest age cannot be below the youngest.",
    ),
    models.CheckConstraint(
        condition=Q(closed_from__isnull=True)
        | Q(closed_until__isnull=True)
        | Q(closed_until__gte=F("closed_from")),
        name="assets_asset_closed_in_order",
        violation_error_message="It cannot open again before it closes.",
    ),
    models.CheckConstraint(
        condition=Q(closed_why="")
        | Q(closed_from__isnull=False)
        | Q(closed_until__isnull=False),
        name="assets_asset_closed_dated",
        violation_error_message="Put a day as well: closed from when, or until when?",
    ),
]
