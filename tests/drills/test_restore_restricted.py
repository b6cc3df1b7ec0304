"""A backup of what is not for publication: nothing of it stands open there; with its key it opens again, without it each is named."""

import shutil
from pathlib import Path

from tests.drills.lying_open import files_with
from tests.drills.test_restore import empty_database, manage
from tests.migrated import start_migrated
from tests.minutes.restricted_stage import CANARY

MAKE = """
from minutes.enums import PackAudience
from minutes.models import SealedPack
from minutes.operations.sealed_packs import make_copy
from tests.drills.restricted_work import make_stage
from tests.minutes.packing_stage import issued
part = make_stage(papers=1)
issued(part.item.meeting, part.written_by, audience=PackAudience.MEMBERS)
make_copy(copy=SealedPack.objects.get().pk)
"""
OPEN = """
import subprocess
from minutes.models import RestrictedPaper, RestrictedPart, SealedPack
from tests.drills.restricted_work import half_states
print("Part:", RestrictedPart.objects.get().words().title)
paper, copy = RestrictedPaper.objects.get(), SealedPack.objects.get()
print("Paper:", paper.secrets().title)
read = lambda blocks: subprocess.run(["pdftotext", "-", "-"], input=b"".join(blocks), capture_output=True).stdout.decode()
print("Original:", read(paper.blocks("original", paper.secrets())).split("\\n")[0])
print("Copy:", read(paper.blocks("copy", paper.secrets())).split("\\n")[0])
bound = read(copy.blocks(copy.words()))
print("Bound:", "Quinquefoil text" in bound and "Quinquefoil 0 of the stage page" in bound)
print("Half:", half_states())
"""
OPENED = (
    f"Part: {CANARY} title",
    f"Paper: {CANARY} paper",
    f"Original: {CANARY} 0 of the stage page",
    f"Copy: {CANARY} 0 of the stage page",
    "Bound: True",
    "Half: []",
)


def keys_of(var: Path) -> Path:
    """The file of the keys of an installation."""
    return var / "keys/restricted_keys"


def test_a_backup_holds_nothing_open_and_opens_with_its_key_alone(own_database: str, tmp_path: Path) -> None:
    first, folder = tmp_path / "first", tmp_path / "backup"
    start_migrated(own_database)
    manage(own_database, first, "migrate", "-v0")
    manage(own_database, first, "shell", "-v0", given=MAKE)
    assert files_with(CANARY, first) == []
    said = manage(own_database, first, "backup", str(folder))
    assert CANARY not in said and len([file for file in (folder / "files/restricted").rglob("*") if file.is_file()]) == 6
    assert files_with(CANARY, folder) == []
    key = keys_of(first).read_text(encoding="ascii").strip()
    assert key and files_with(key, folder) == []

    with_key = tmp_path / "with"
    keys_of(with_key).parent.mkdir(parents=True, mode=0o700)
    shutil.copy2(keys_of(first), keys_of(with_key))
    other = empty_database(own_database, with_key)
    said = manage(other, with_key, "restore", str(folder))
    assert "Everything agrees." in said and "not open" not in said and CANARY not in said
    opened = manage(other, with_key, "shell", "-v0", given=OPEN)
    assert all(line in opened for line in OPENED), opened

    without = tmp_path / "without"
    without.mkdir()
    other = empty_database(own_database, without)
    said = manage(other, without, "restore", str(folder))
    assert "Everything agrees." in said and CANARY not in said
    named = [line for line in said.splitlines() if line.startswith("Does not open: ")]
    # The part, its paper, the three sections of the pack, and the copy of it.
    assert len(named) == 6 and "6 sealed records do not open here" in said
    assert any("Restricted paper 1" in line for line in named) and any("copy" in line for line in named)
    refused = manage(other, without, "shell", "-v0", given=OPEN, ends_with=1)
    assert "No key of this installation opens" in refused and CANARY not in refused
    # The key of then, brought later, is added behind the new one.
    with keys_of(without).open("a", encoding="ascii") as keys:
        keys.write(f"\n{key}\n")
    opened = manage(other, without, "shell", "-v0", given=OPEN)
    assert all(line in opened for line in OPENED), opened
