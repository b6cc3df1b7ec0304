# An entry bears the seal of the installation that wrote it.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0012_public_generation'),
    ]

    operations = [
        migrations.AddField(
            model_name='ledgerentry',
            name='seal',
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
