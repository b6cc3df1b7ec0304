"""Missing system packages are found by what they bring, and installed or named."""

import os
import shutil

import pytest

import system_packages
from refusal import Refusal
from system_packages import PACKAGES, SystemPackage, install, install_line, missing_packages

DEMO = frozenset({"demo"})
ABSENT = SystemPackage("imaginary", DEMO, "nothing", starts=("imaginary-program",))


@pytest.mark.parametrize(
    "package",
    [
        ABSENT,
        SystemPackage("imaginary", DEMO, "nothing", libraries=("libimaginary.so.0",)),
        SystemPackage("imaginary", DEMO, "nothing", modules=("imaginary_module",)),
        SystemPackage("imaginary", DEMO, "nothing", files=("usr/lib/imaginary/*/bin/x",)),
        SystemPackage("half", DEMO, "half is there", starts=("sh",), programs=("imaginary-program",)),
    ],
)
def test_what_is_not_here_is_missing(package: SystemPackage) -> None:
    assert missing_packages("demo", (package,)) == [package]
    assert missing_packages("test", (package,)) == []


def test_what_came_by_another_way_is_not_missing() -> None:
    here = SystemPackage(
        "dash", DEMO, "a shell", starts=("sh",), libraries=("libc.so.6",), modules=("venv",), files=("bin/sh",)
    )
    assert missing_packages("demo", (here,)) == []


def test_without_the_right_to_install_the_exact_line_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Refusal) as refusal:
        install([ABSENT, ABSENT])
    assert str(refusal.value).splitlines()[-1].strip() == "sudo apt-get install --no-install-recommends imaginary imaginary"


def test_root_installs_the_missing_ones_and_says_when_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    class Answer:
        returncode = 0

    def run(command: list[str], **options: object) -> Answer:
        started.append(command)
        return Answer()

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(system_packages.subprocess, "run", run)
    install([ABSENT])
    assert started == [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "imaginary"],
    ]
    Answer.returncode = 100
    with pytest.raises(Refusal, match=r"apt-get update -qq. failed"):
        install([ABSENT])


def test_each_package_is_listed_once_with_a_reason_and_a_way_to_see_it() -> None:
    names = [package.name for package in PACKAGES]
    assert len(set(names)) == len(names)
    for package in PACKAGES:
        assert package.reason
        assert package.commands <= {"demo", "test"}
        assert package.starts or package.programs or package.libraries or package.modules or package.files
    assert install_line(list(PACKAGES)).endswith(" ".join(names))
