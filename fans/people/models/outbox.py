"""Mail that stays in the house."""

from django.db import models


class OutboxMail(models.Model):
    """A mail that did not leave: the demo, or an installation without a transport."""

    to = models.CharField(max_length=500)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
