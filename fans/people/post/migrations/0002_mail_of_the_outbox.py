"""Take over what the outbox kept: it was mail about accounts, and never left."""

from typing import Any

from django.db import migrations


def take_over(apps: Any, schema_editor: Any) -> None:
    """Copy every kept mail, each address by itself."""
    outbox = apps.get_model("people", "OutboxMail")
    mail = apps.get_model("post", "Mail")
    for old in outbox.objects.order_by("pk").iterator():
        for address in old.to.split(", "):
            if address:
                mail.objects.create(
                    kind="account",
                    state="kept",
                    to=address[:320],
                    subject=old.subject,
                    body=old.body,
                    written_at=old.written_at,
                    next_try_at=old.written_at,
                )


def give_back(apps: Any, schema_editor: Any) -> None:
    """Copy mail that is kept back into the outbox."""
    outbox = apps.get_model("people", "OutboxMail")
    mail = apps.get_model("post", "Mail")
    for kept in mail.objects.filter(state="kept").order_by("pk").iterator():
        old = outbox.objects.create(to=kept.to, subject=kept.subject[:300], body=kept.body)
        outbox.objects.filter(pk=old.pk).update(written_at=kept.written_at)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_invitations_and_ended_roles"),
        ("post", "0001_mail_queue_stops_approvals"),
    ]

    operations = [migrations.RunPython(take_over, give_back)]
