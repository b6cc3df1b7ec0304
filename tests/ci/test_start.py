"""The first thing a newcomer meets: one clear line when something is not as it must be."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from start import old_python

SCRIPTS = Path(__file__).resolve().parents[2] / ".ci"


@pytest.mark.parametrize(
    ("version", "refused"), [((3, 7, 2), True), ((3, 10, 14), True), ((3, 11, 0), False), ((3, 14, 1), False)]
)
def test_an_old_python_gets_a_sentence(version: tuple[int, int, int], refused: bool) -> None:
    sentence = old_python(version)
    assert (sentence is not None) is refused
    assert not refused or f"Python {version[0]}.{version[1]} is too old" in sentence


def test_an_old_python_can_read_the_file_that_says_so() -> None:
    """Nothing newer than Python 3.6 may stand in it, or an old Python dies of a syntax error first."""
    tree = ast.parse((SCRIPTS / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert functions
    assert all(function.returns is None for function in functions)
    at_the_top = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert at_the_top == {"signal", "sys"}


def test_an_unknown_command_is_refused_with_the_known_ones() -> None:
    result = subprocess.run([sys.executable, str(SCRIPTS / "start.py"), "dance"], capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.startswith("Usage: start.py demo | demo-data")


def test_a_refusal_is_one_line_and_exit_code_1() -> None:
    environment = {**os.environ, "PORT": "eight thousand"}
    result = subprocess.run(
        [sys.executable, str(SCRIPTS / "start.py"), "demo"], capture_output=True, text=True, env=environment
    )
    assert result.returncode == 1
    assert result.stderr.strip() == "PORT must be a number from 1 to 65535, not 'eight thousand'."


def test_a_second_ctrl_c_does_not_disturb_the_stopping(tmp_path: Path) -> None:
    """The clean-up of a temporary cluster must finish, however impatient somebody is."""
    cleaned = tmp_path / "cleaned"
    command = f"""
import os, pathlib, signal, sys
import commands, start
def work():
    try:
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()
    finally:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGHUP)
        pathlib.Path({str(cleaned)!r}).touch()
commands.COMMANDS["test"] = work
sys.argv = ["start.py", "test"]
start.main()
"""
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    assert subprocess.run([sys.executable, "-c", command], env=environment).returncode == 130
    assert cleaned.exists()
