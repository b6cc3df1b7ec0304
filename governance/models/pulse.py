"""When each worker last showed that it is alive."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerPulse(models.Model):
    """One worker, and when it last swept. A worker that stopped leaves its row until a later one takes it away."""

    worker = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField(_("last heard of"), db_index=True)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.worker
