"""Nothing in the repository names a machine it was written on or the registry its packages came from."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT, name_of, plant, project_files, text_of

# In pieces, so that this file does not name what it looks for.
FOLDERS = "|".join(("work", "root", "tmp", "opt", "mnt", "Users", "home/[a-z][a-z0-9_-]*(?=/[a-z._]+/)"))
MACHINE_PATH = re.compile(rf"(?<![\w.:/<}}*-])/(?:{FOLDERS})/[\w.]")
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "npmjs" + ".org", "files.python" + "hosted")
REGISTRY = re.compile("|".join(re.escape(host) for host in REGISTRIES))


def told(root: Path = ROOT) -> Iterator[str]:
    """Lines that name a machine's folder or a registry."""
    for file in project_files(root):
        for number, line in enumerate(text_of(file).splitlines(), start=1):
            if MACHINE_PATH.search(line) or REGISTRY.search(line):
                yield f"{name_of(file, root)}:{number}"


def test_no_file_names_a_machine_or_a_registry() -> None:
    assert list(told()) == []


@pytest.mark.parametrize(
    "line",
    [
        'open("/{}/shared/x.txt")'.format("work"),
        "cache=/{}/.cache".format("root"),
        "'/{}/resolved.sock'".format("tmp"),
        "/{}/ann/projects/resolved".format("home"),
        '"resolved": "https://registry.{}/x/-/x-1.tgz"'.format("npmjs" + ".org"),
        "index = https://{}/simple".format("pypi" + ".org"),
    ],
)
def test_a_machine_or_a_registry_is_found(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "docs/notes.md", f"first\n{line}\n")
    assert list(told(tmp_path)) == ["docs/notes.md:2"]


@pytest.mark.parametrize(
    "line",
    [
        'path("/boards/")',
        "templates/home/front_page.html",
        "https://example.gov.uk/work/plan",
        "networks/root/x",
        "/usr/share/java",
    ],
)
def test_addresses_of_the_site_are_not_taken_for_a_machine(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "docs/notes.md", line)
    assert list(told(tmp_path)) == []
