"""What this part keeps of its own: runs of the retention job, and that people were erased."""

from fans.people.privacy.models.erasure import Erasure
from fans.people.privacy.models.retention_run import RetentionRun

__all__ = ["Erasure", "RetentionRun"]
