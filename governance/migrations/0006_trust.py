"""The ledger becomes a chain for each board. What was entered until now is chained in the order in which it was entered."""

import datetime
import secrets

import django.db.models.deletion
from django.db import migrations, models

from governance.check_records import START, entry_digest, sealed_digest

STEP = 4
KEEPING = ("keep_governance_ledgerentry_always_update", "keep_governance_ledgerentry_always_delete")
FIELDS = ("chain", "number", "before", "sha256", "subject", "by_name", "salt")


def chain_entries(apps, schema_editor):
    """Chain every entry. The triggers that keep the ledger go meanwhile: every migrate installs them again."""
    entry_class = apps.get_model("governance", "LedgerEntry")
    on = " ON governance_ledgerentry" if schema_editor.connection.vendor == "postgresql" else ""
    for name in KEEPING:
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')
    chains, heads, changed = {}, {}, []
    boards = boards_by_path(apps)
    for entry in entry_class.objects.select_related("page", "by").order_by("pk").iterator(chunk_size=2000):
        chain = chain_for(apps, chains, boards, entry.page.path)
        number, before = heads.get(chain.pk, (0, START))
        take_place(entry, chain, number + 1, before)
        heads[chain.pk] = (entry.number, entry.sha256)
        changed.append(entry)
        if len(changed) == 500:
            entry_class.objects.bulk_update(changed, FIELDS)
            changed = []
    entry_class.objects.bulk_update(changed, FIELDS)
    if on:
        # What waits for the end of the transaction would keep the columns from becoming compulsory.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def boards_by_path(apps):
    """The board and its code by the path of the page that says so: of the board itself, and of each action."""
    board_class, action_class = apps.get_model("governance", "BoardPage"), apps.get_model("governance", "ActionPage")
    found = {path: (pk, code) for pk, code, path in board_class.objects.values_list("pk", "code", "path")}
    for pk, code, path in action_class.objects.exclude(board=None).values_list("board", "board__code", "path"):
        found[path] = (pk, code)
    return found


def chain_for(apps, chains, boards, path):
    """The chain of whatever stands at a path."""
    above = (path[:end] for end in range(len(path), 0, -STEP))
    board, code = next((boards[one] for one in above if one in boards), (None, "site"))
    if board not in chains:
        chains[board] = apps.get_model("governance", "LedgerChain").objects.create(name=code, board_id=board)
    return chains[board]


def take_place(entry, chain, number, before):
    """Give an entry its place. What its digest is of was hashed in a form that cannot be made again."""
    entry.chain, entry.number, entry.before, entry.salt = chain, number, before, secrets.token_hex(16)
    if entry.event in {"published", "changed"} or (entry.event == "withdrawn" and not entry.page.live):
        entry.subject = "former"
    elif entry.content_sha256:
        entry.subject = "file"
    if entry.by is not None:
        entry.by_name = f"{entry.by.first_name} {entry.by.last_name}".strip() or entry.by.username
    line = {
        "chain": chain.name,
        "number": number,
        "before": before,
        "page": entry.page_id,
        "event": entry.event,
        "reference": entry.reference,
        "subject": entry.subject,
        "content_sha256": entry.content_sha256,
        "at": entry.at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "by": entry.by_id,
        "by_name": entry.by_name,
        "note": entry.note,
        "salt": entry.salt,
    }
    entry.sha256 = entry_digest({**line, "sealed_sha256": sealed_digest(line)})


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0005_questions"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerCheckpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("at", models.DateTimeField(verbose_name="made at")),
                ("heads", models.JSONField(default=list)),
                ("before", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "checkpoint",
                "verbose_name_plural": "checkpoints",
                "ordering": ["-day"],
            },
        ),
        migrations.CreateModel(
            name="LedgerChain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                (
                    "board",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="governance.boardpage",
                        verbose_name="board",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger",
                "verbose_name_plural": "ledgers",
                "ordering": ["name"],
            },
        ),
        migrations.AddField("ledgerentry", "before", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AddField("ledgerentry", "by_name", models.CharField(blank=True, default="", max_length=320), preserve_default=False),
        migrations.AddField("ledgerentry", "number", models.PositiveBigIntegerField(default=0), preserve_default=False),
        migrations.AddField("ledgerentry", "salt", models.CharField(default="", max_length=32), preserve_default=False),
        migrations.AddField("ledgerentry", "sha256", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AddField(
            "ledgerentry",
            "subject",
            models.CharField(
                blank=True,
                choices=[
                    ("record", "the content of the record"),
                    ("file", "a file"),
                    ("former", "the content, in a form no longer used"),
                ],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "ledgerentry",
            "chain",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="governance.ledgerchain"
            ),
        ),
        migrations.RunPython(chain_entries, migrations.RunPython.noop),
        migrations.AlterField(
            "ledgerentry",
            "chain",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="governance.ledgerchain"),
        ),
        migrations.AddConstraint(
            "ledgerentry", models.UniqueConstraint(fields=("chain", "number"), name="ledger_number_once")
        ),
        migrations.CreateModel(
            name="FixityRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(verbose_name="begun at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="ended at")),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "look at all files",
                "verbose_name_plural": "looks at all files",
                "ordering": ["-started_at"],
            },
        ),
        migrations.CreateModel(
            name="FileOnRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("store", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=500, verbose_name="file")),
                ("what", models.CharField(blank=True, max_length=300, verbose_name="belongs to")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("same", "As it was"),
                            ("changed", "Changed"),
                            ("missing", "Missing"),
                            ("untracked", "Belongs to no record"),
                        ],
                        db_index=True,
                        max_length=20,
                        verbose_name="found",
                    ),
                ),
                ("checked_at", models.DateTimeField(verbose_name="looked at")),
            ],
            options={
                "verbose_name": "stored file",
                "verbose_name_plural": "stored files",
                "ordering": ["store", "name"],
                "constraints": [models.UniqueConstraint(fields=("store", "name"), name="stored_file_once")],
            },
        ),
    ]
