"""What this part keeps of its own: runs of the retention job."""

from fans.people.privacy.models.retention_run import RetentionRun

__all__ = ["RetentionRun"]
