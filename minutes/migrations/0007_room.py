"""Who was in the room and how it was decided: items and people that attendance, votes and interests name."""

import django.db.models.deletion
from django.db import migrations, models


def say_without_a_quorum(apps, schema_editor):
    """Meetings held without a quorum, among them those whose notes were published since."""
    meetings = apps.get_model("minutes", "MeetingPage").objects
    entries = apps.get_model("governance", "LedgerEntry").objects
    said = entries.filter(event="status", note__startswith="Held without a quorum").values("page")
    meetings.filter(models.Q(status="inquorate") | models.Q(pk__in=said, status__in=["draft_minutes", "confirmed"])).update(
        had_no_quorum=True
    )


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0007_room'),
        ('minutes', '0006_questions'),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='arrived_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='minutes.agendaitempage', verbose_name='arrived during'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='chaired_from_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='minutes.agendaitempage', verbose_name='in the chair from item'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='chaired_until_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='minutes.agendaitempage', verbose_name='in the chair until item'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='left_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='minutes.agendaitempage', verbose_name='left during'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='remotely',
            field=models.BooleanField(default=False, verbose_name='joined remotely'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='substitute_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person', verbose_name='stands in for'),
        ),
        migrations.AddField(
            model_name='declaredinterest',
            name='about',
            field=models.ForeignKey(blank=True, help_text='Leave empty where it is this item.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='minutes.agendaitempage', verbose_name='in item'),
        ),
        migrations.AddField(
            model_name='declaredinterest',
            name='declared',
            field=models.CharField(choices=[('start', 'At the start of the meeting'), ('item', 'When the item was reached'), ('late', 'After the item had begun')], default='item', help_text='When it was said.', max_length=10, verbose_name='declared'),
        ),
        migrations.AddField(
            model_name='declaredinterest',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='declaredinterest',
            name='sensitive',
            field=models.BooleanField(default=False, help_text='Only that there is an interest is written down, not what it is.', verbose_name='sensitive'),
        ),
        migrations.AddField(
            model_name='meetingpage',
            name='had_no_quorum',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='meetingpage',
            name='votes_by_name',
            field=models.BooleanField(default=False, help_text="As at a meeting that sets the council's budget (SI 2014/165).", verbose_name='each vote is by name'),
        ),
        migrations.AddField(
            model_name='minutepage',
            name='casting_vote',
            field=models.CharField(blank=True, choices=[('for', 'For'), ('against', 'Against')], help_text='Only in a tie. The counts above are those before it.', max_length=10, verbose_name='casting vote'),
        ),
        migrations.AddField(
            model_name='minutepage',
            name='casting_vote_by',
            field=models.CharField(blank=True, help_text='Who presided at this item.', max_length=150, verbose_name='cast by'),
        ),
        migrations.AddField(
            model_name='minutepage',
            name='unanimous',
            field=models.BooleanField(default=False, help_text='Only after a vote. What nobody opposed was agreed by general assent.', verbose_name='unanimous'),
        ),
        migrations.AddField(
            model_name='namedvote',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person', verbose_name='person'),
        ),
        migrations.AlterField(
            model_name='declaredinterest',
            name='nature',
            field=models.TextField(blank=True, help_text='Of a sensitive interest, nothing.', verbose_name='nature'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('substitute_for__isnull', False)), fields=('meeting', 'substitute_for'), name='each_member_has_one_substitute', violation_error_message='Somebody else stands in for that member already.'),
        ),
        migrations.AlterConstraint(
            model_name='attendance',
            name='each_person_attends_once',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('meeting', 'person'), name='each_person_attends_once', violation_error_message='That person is in the attendance already. One person has one line, and one vote.'),
        ),
        migrations.RunPython(say_without_a_quorum, migrations.RunPython.noop),
    ]
