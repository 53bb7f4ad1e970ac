"""An offer before it is confirmed, and who answers for somebody under 18."""

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from fans.people.volunteers.models.volunteer import Volunteer


@pghistory.track(exclude=["token_hash"])
class Guardian(models.Model):
    """The parent, carer or leader who answers for somebody under 18."""

    class Relation(models.TextChoices):
        """Who they are to the young person."""

        PARENT = "parent", "Parent or carer"
        LEADER = "leader", "Teacher or group leader"

    volunteer = models.OneToOneField(Volunteer, models.CASCADE, related_name="guardian")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    relation = models.CharField(max_length=6, choices=Relation)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=["parent", "leader"]),
                name="volunteers_guardian_relation_known",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="volunteers_guardian_email_lower",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("asked_at")),
                name="volunteers_guardian_expires_later",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | Q(confirmed_at__gte=models.F("asked_at")),
                name="volunteers_guardian_confirmed_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} of volunteer {self.volunteer_id}"


class Application(models.Model):
    """An offer whose address is not confirmed yet; nothing else is kept of it meanwhile.

    ``answers`` is what the form took. It becomes a volunteer by the link in the mail, or
    goes after its day.
    """

    email = models.EmailField()
    answers = models.JSONField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="volunteers_application_email_lower",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(answers={}),
                name="volunteers_application_emptied",
                violation_error_message="Answers go once the volunteer stands.",
            ),
        ]

    def __str__(self) -> str:
        return f"Application {self.pk}"
