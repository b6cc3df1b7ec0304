"""Triggers that keep records in the database itself: they catch `update()` and plain SQL, which no Python guard sees.

Installed again after every migrate, because SQLite drops a table's triggers whenever Django remakes the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections

from governance.text_columns import columns_of_table

_rules: list["Rule"] = []
REMOVING = "EXISTS (SELECT 1 FROM governance_removal WHERE is_open)"
"""Whether words are being removed in this very transaction: the one door through which words of what is final change (decision 109)."""
LET_BY = {"governance_ledgerentry": frozenset({"salt"})}
"""Columns that a removal changes besides those that hold words: without its salt nobody guesses the words from their digest."""


@dataclass(frozen=True)
class Rule:
    """What may not happen to the rows of one table.

    Attributes:
        table: the table.
        name: ends the names of its triggers.
        when: the condition, over OLD, under which a row is protected; empty for always.
        asks: a further condition that asks other tables.
        columns: which columns may not change then; empty for the whole row.
        forbid_update, forbid_delete: what is forbidden.
        message: what the database answers.
    """

    table: str
    name: str
    message: str
    when: str = ""
    asks: str = ""
    columns: tuple[str, ...] = ()
    forbid_update: bool = True
    forbid_delete: bool = True


def protect(rule: Rule) -> None:
    """Protect a table. Apps call this in `AppConfig.ready()`.

    Raises:
        ValueError: a rule of that name protects the table already.
    """
    if any((rule.table, rule.name) == (known.table, known.name) for known in _rules):
        raise ValueError(f"{rule.table} has a rule {rule.name} already")
    _rules.append(rule)


def keep_records_of(page_class: Any) -> None:
    """Keep the rows of a class of record from being deleted once they have a reference."""
    protect(
        Rule(
            page_class._meta.db_table,
            "record",
            "A record that has been public is never deleted.",
            when="OLD.reference IS NOT NULL",
            forbid_update=False,
        )
    )


def keep_words_while_public(table: str, name: str, columns: tuple[str, ...], *, page: str, asks: str = "") -> None:
    """Keep the words of a record as they are while it is public, which is what the last entry of the ledger about it says.

    The ledger and not the mark on the page: Wagtail sets that before it writes the words of a record that is published again.

    Args:
        table: where the words are.
        name: of the rule.
        columns: what holds the words.
        page: the column that holds the key of the record's page.
        asks: a further condition that asks other tables.
    """
    entries = f'SELECT event FROM governance_ledgerentry WHERE page_id = OLD."{page}"'  # noqa: S608 (names of our own)
    told = "AND event IN ('published', 'changed', 'withdrawn') ORDER BY id DESC LIMIT 1"
    last = f"({entries} {told}) IN ('published', 'changed')"
    message = "What is public stays as it was. It is corrected by a new record that names it."
    both = " AND ".join(filter(None, [asks, last]))
    protect(Rule(table, name, message, asks=both, columns=columns, forbid_delete=not columns, forbid_update=bool(columns)))


def rules() -> list[Rule]:
    """Every rule, in the order it was registered."""
    return list(_rules)


def install(using: str = "default") -> None:
    """Install every trigger. Safe to run again."""
    _run(using, [statement for rule in _rules for statement in _statements(rule, connections[using].vendor)])


def remove(using: str = "default") -> None:
    """Take every trigger away: only a test that empties its database asks for this."""
    vendor = connections[using].vendor
    _run(using, [statement for rule in _rules for statement in _drops(rule, vendor)])


def installed(using: str = "default") -> set[str]:
    """The names of the triggers that the database has."""
    queries = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connections[using].cursor() as cursor:
        cursor.execute(queries[connections[using].vendor])
        return {row[0] for row in cursor.fetchall()}


def missing(using: str = "default") -> set[str]:
    """The names of the triggers that should be there and are not."""
    vendor = connections[using].vendor
    return {name for rule in _rules for name in _names(rule, vendor)} - installed(using)


def remove_before_migrate(*, using: str, **kwargs: Any) -> None:
    """Before a migrate: SQLite remakes no table that the trigger of another one asks. They are installed again afterwards."""
    vendor = connections[using].vendor
    asking = [rule for rule in _rules if rule.asks or (vendor == "sqlite" and rule.forbid_update)]
    tables = set(connections[using].introspection.table_names())
    _run(using, [drop for rule in asking if rule.table in tables for drop in _drops(rule, vendor)])


def install_after_migrate(*, using: str, **kwargs: Any) -> None:
    """After a migrate: the tables of every registered rule exist once the last app has been migrated."""
    tables = set(connections[using].introspection.table_names())
    if all(rule.table in tables for rule in _rules):
        install(using)


def _run(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _names(rule: Rule, vendor: str) -> list[str]:
    operations = [name for name, wanted in (("update", rule.forbid_update), ("delete", rule.forbid_delete)) if wanted]
    names = [f"keep_{rule.table}_{rule.name}_{operation}" for operation in operations]
    if vendor == "postgresql" and rule.forbid_delete:
        names.append(f"keep_{rule.table}_{rule.name}_truncate")
    return [name[:63] for name in names]


def _drops(rule: Rule, vendor: str) -> list[str]:
    on = f' ON "{rule.table}"' if vendor == "postgresql" else ""
    return [f'DROP TRIGGER IF EXISTS "{name}"{on}' for name in _names(rule, vendor)]


def _changed(columns: Iterable[str], different: str) -> str:
    return " OR ".join(f'OLD."{column}" {different} NEW."{column}"' for column in columns)


def _is_removal(rule: Rule, different: str) -> str:
    """Whether words are being removed and nothing but words changes."""
    _words, others = columns_of_table(rule.table)
    kept = _changed(sorted(others - LET_BY.get(rule.table, frozenset())), different)
    return f"{REMOVING} AND NOT ({kept})" if kept else REMOVING


def _statements(rule: Rule, vendor: str) -> list[str]:
    make = _sqlite if vendor == "sqlite" else _postgresql
    return _drops(rule, vendor) + make(rule)


def _sqlite(rule: Rule) -> list[str]:
    statements = []
    for name in _names(rule, "sqlite"):
        operation = name.rsplit("_", 1)[-1].upper()
        is_update = operation == "UPDATE"
        different = _changed(rule.columns, "IS NOT") if is_update else ""
        let_by = f"NOT ({_is_removal(rule, 'IS NOT')})" if is_update else ""
        conditions = [part for part in (rule.when, different, rule.asks, let_by) if part]
        when = f" WHEN {' AND '.join(f'({part})' for part in conditions)}" if conditions else ""
        statements.append(
            f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{rule.table}" FOR EACH ROW{when} '
            f"BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
        )
    return statements


def _postgresql(rule: Rule) -> list[str]:
    function = f"keep_{rule.table}_{rule.name}"[:63]
    refusal = f"RAISE EXCEPTION '{rule.message}' USING ERRCODE = 'integrity_constraint_violation';"
    # The condition of a trigger asks no other table in PostgreSQL; its function does.
    asked = f"IF TG_LEVEL = 'ROW' AND ({rule.asks}) IS NOT TRUE THEN RETURN COALESCE(NEW, OLD); END IF; " if rule.asks else ""
    removal = f"IF {_is_removal(rule, 'IS DISTINCT FROM')} THEN RETURN NEW; END IF; "
    let_by = f"IF TG_OP = 'UPDATE' THEN {removal}END IF; " if rule.forbid_update else ""
    body = f"BEGIN {asked}{let_by}{refusal} END"
    statements = [f'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$']
    for name in _names(rule, "postgresql"):
        operation = name.rsplit("_", 1)[-1].upper()
        if operation == "TRUNCATE":
            scope = "FOR EACH STATEMENT"
        else:
            conditions = [
                part
                for part in (rule.when, _changed(rule.columns, "IS DISTINCT FROM") if operation == "UPDATE" else "")
                if part
            ]
            scope = "FOR EACH ROW" + (f" WHEN ({' AND '.join(f'({part})' for part in conditions)})" if conditions else "")
        statements.append(
            f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{rule.table}" {scope} EXECUTE FUNCTION "{function}"()'
        )
    return statements
