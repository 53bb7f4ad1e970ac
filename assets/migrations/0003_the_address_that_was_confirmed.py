from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0002_search_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="asset",
            name="email_confirmed",
            field=models.EmailField(blank=True, editable=False, max_length=254),
        ),
    ]
