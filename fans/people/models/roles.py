"""The roles there are, and for what each is held."""

from django.db import models
from django.db.models import Q

from assets.models import Asset
from fans.cohorts.models import Cohort
from geo.models import Area
from homes.models import Home


class Role(models.TextChoices):
    """What somebody does in the programme."""

    MANAGER = "manager", "Home manager"
    COORDINATOR = "coordinator", "Activity coordinator"
    CHAMPION = "champion", "Community champion"
    NAVIGATOR = "navigator", "Community navigator"
    VOLUNTEER = "volunteer", "Volunteer"
    VOLUNTEER_LEAD = "volunteer_lead", "Volunteer lead"
    PARTNER = "partner", "Community partner"
    RELATIVE = "relative", "Relative or friend"
    FACILITATOR = "facilitator", "Facilitator"
    COMMISSIONER = "commissioner", "Commissioner"
    RESEARCHER = "researcher", "Researcher"
    PROVIDER = "provider", "Provider head office"
    ADMINISTRATOR = "administrator", "Administrator"


HOME_ROLES = ("manager", "coordinator", "relative", "navigator", "provider")
COHORT_ROLES = ("facilitator", "researcher")
AREA_ROLES = ("champion", "volunteer_lead", "commissioner")
ASSET_ROLES = ("partner",)
UNSCOPED_ROLES = ("volunteer", "administrator")
SCOPES = ("home", "cohort", "area", "asset")
SCOPE_KEYS = {
    **dict.fromkeys(HOME_ROLES, "home"),
    **dict.fromkeys(COHORT_ROLES, "cohort"),
    **dict.fromkeys(AREA_ROLES, "area"),
    **dict.fromkeys(ASSET_ROLES, "asset"),
    **dict.fromkeys(UNSCOPED_ROLES, ""),
}


def scope_key(role: str) -> str:
    """Return which key a role is held for: home, cohort, area, asset, or '' for none."""
    return SCOPE_KEYS[role]


class RoleInScope(models.Model):
    """One role for one scope: what a membership and an invitation have in common."""

    role = models.CharField(max_length=14, choices=Role)
    home = models.ForeignKey(Home, models.CASCADE, null=True, blank=True, related_name="+")
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+")
    asset = models.ForeignKey(Asset, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def scope(self) -> "Home | Cohort | Area | Asset | None":
        """Return what the role is held for; None where it has no scope."""
        return self.home or self.cohort or self.area or self.asset

    def keys(self) -> dict[str, int | None]:
        """Return the four scope keys, for finding the same role elsewhere."""
        return {f"{key}_id": getattr(self, f"{key}_id") for key in SCOPES}

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this row is asked in."""
        key = scope_key(self.role)
        return {key: {getattr(self, f"{key}_id")}} if key else {}


def role_constraints(model: str) -> list[models.CheckConstraint]:
    """Demand a known role, and for each role exactly the scope that it has."""
    known = models.CheckConstraint(
        condition=Q(role__in=Role.values), name=f"people_{model}_role_known"
    )
    return [
        known,
        _scoped(model, HOME_ROLES, "home"),
        _scoped(model, COHORT_ROLES, "cohort"),
        _scoped(model, AREA_ROLES, "area"),
        _scoped(model, ASSET_ROLES, "asset"),
        _scoped(model, UNSCOPED_ROLES, ""),
    ]


def _scoped(model: str, roles: tuple[str, ...], scope: str) -> models.CheckConstraint:
    """Demand that exactly ``scope`` is set for ``roles`` ('' for none)."""
    keys = {f"{key}__isnull": key != scope for key in SCOPES}
    return models.CheckConstraint(
        condition=~Q(role__in=roles) | Q(**keys),
        name=f"people_{model}_{scope or 'no'}_scope",
        violation_error_message="This role needs another scope.",
    )
