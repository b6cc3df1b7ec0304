"""Meetings that are public were announced for the time they have: what moves them from now on leaves a trace."""

from django.db import migrations, models


def say_announced(apps, schema_editor):
    meetings = apps.get_model("minutes", "MeetingPage").objects
    meetings.filter(live=True, announced_starts_at=None).update(announced_starts_at=models.F("starts_at"))


class Migration(migrations.Migration):
    dependencies = [("minutes", "0002_promises_and_packs")]

    operations = [migrations.RunPython(say_announced, migrations.RunPython.noop)]
