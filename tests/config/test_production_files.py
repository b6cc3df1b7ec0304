"""The container files are in step with the rest: the same packages, settings that are read, commands that exist, the web server as it is tried."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import get_commands

import yaml

from parts import TEMPLATE, filled, web_command
from system_packages import PACKAGES
from tests.house import docs_claims

FOLDER = TEMPLATE.parent
# What boto3 reads itself, and what nginx's image does.
READ_BY_OTHERS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "NGINX_ENVSUBST_OUTPUT_DIR"}
SITE = ("setup", "web-one", "web-two", "worker-one", "worker-two")


def services() -> dict[str, Any]:
    """The services of the compose file, each with what it shares with others."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return found


def test_two_web_processes_and_two_workers_stand_beside_what_they_need() -> None:
    assert set(services()) == {*SITE, "front", "database", "cache"}


def test_every_variable_is_one_that_the_settings_read() -> None:
    for name in SITE:
        assert set(services()[name]["environment"]) - docs_claims.variables_read() - READ_BY_OTHERS == set()


def test_what_production_refuses_to_start_without_is_asked_for() -> None:
    required = set(re.findall(r'_required\("(\w+)"', (settings.ROOT / "site/config/settings/production.py").read_text("utf-8")))
    given = services()["web-one"]["environment"]
    assert required
    assert {name for name in required if given.get(name) == f"${{{name}:?}}"} == required


def test_every_command_exists() -> None:
    told = [" ".join(services()[name]["command"]) for name in SITE]
    assert set(re.findall(r"manage\.py (\w+)", " ".join(told))) <= set(get_commands())
    for name in ("worker-one", "worker-two"):
        assert services()[name]["command"][-2:] == ["manage.py", "work"]


def test_the_web_server_is_started_as_it_is_tried() -> None:
    tried = [part for part in web_command(Path("place"))[2:] if part not in {"--log-level", "warning"}]
    for name in ("web-one", "web-two"):
        command = services()[name]["command"]
        bound = ["0.0.0.0:8000" if part == "unix:place" else part for part in tried]
        assert [command[0].rpartition("/")[2], *command[1:]] == bound


def test_nginx_is_told_all_that_its_configuration_asks_for_and_has_the_processes_by_their_names() -> None:
    front = services()["front"]["environment"]
    template = TEMPLATE.read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{([A-Z_]+)\}", template)) == set(front) - READ_BY_OTHERS
    written = filled(template, front)
    assert "server web-one:8000 max_fails=0;" in written
    assert settings.SESSION_COOKIE_NAME == "sessionid", "the configuration names the cookie"
    assert "$cookie_sessionid" in written


def test_the_image_has_the_packages_of_the_one_list() -> None:
    text = (FOLDER / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    line = re.search(r"--no-install-recommends\s+([^&]+)&&", text)
    assert line is not None
    assert set(line[1].split()) == {package.name for package in PACKAGES if "demo" in package.commands}


def test_both_files_say_that_they_were_not_run() -> None:
    for name, words in (("Containerfile", "never built"), ("compose.yaml", "never run")):
        assert words in (FOLDER / name).read_text(encoding="utf-8")
