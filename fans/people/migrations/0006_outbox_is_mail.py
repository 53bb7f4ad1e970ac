from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_record_changes"),
        ("post", "0002_mail_of_the_outbox"),
    ]

    operations = [migrations.DeleteModel(name="OutboxMail")]
