"""docker-compose.yml, held against the configuration files it mounts."""

import contextlib
import json
import re
import subprocess
import sys
import urllib.request
from pathlib import PurePosixPath

import pytest

from devtools.web_libraries import LIBRARIES
from dms_simulator import names

from .deployment import (
    ROOT,
    compose,
    dockerfile,
    ignored_by_git,
    locations,
    odoo_options,
    postgres_settings,
    upstreams,
)

SERVICES = compose()["services"]
MOUNTS = [
    (name, *volume.split(":")[:2])
    for name, service in SERVICES.items()
    for volume in service.get("volumes", [])
]


@contextlib.contextmanager
def running(command: list[str]):
    """:return: the address at which a simulator says it listens"""
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            port = process.stdout.readline().rpartition(":")[2].strip()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_service_restarts_and_is_watched(service):
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_image_is_pinned_to_a_release(service):
    name, _, tag = service["image"].partition(":")
    assert re.match(r"\d+", tag), f"{name} has no version"


@pytest.mark.parametrize(("service", "source", "target"), MOUNTS)
def test_mounted_file_is_in_the_repository_or_a_named_volume(service, source, target):
    if source.startswith("./"):
        assert (ROOT / source).is_file()
    else:
        assert source in compose()["volumes"]


def test_every_volume_is_used():
    used = {source for _, source, _ in MOUNTS if not source.startswith("./")}
    assert used == set(compose()["volumes"])


def test_every_dependency_is_a_service_with_a_health_check():
    for service in SERVICES.values():
        for name, wait in service.get("depends_on", {}).items():
            assert SERVICES[name]["healthcheck"]
            assert wait["condition"] == "service_healthy"


def test_only_proxy_and_broker_are_reachable_from_outside():
    published = {name for name, service in SERVICES.items() if "ports" in service}
    assert published == {"proxy", "broker"}


def test_proxy_speaks_to_the_ports_odoo_listens_on():
    odoo = odoo_options("production")
    assert upstreams() == {
        "odoo": f"odoo:{odoo['http_port']}",
        "odoo-bus": f"odoo:{odoo['gevent_port']}",
    }
    ports = {odoo["http_port"], odoo["gevent_port"]}
    assert set(SERVICES["odoo"]["expose"]) == ports


def test_bus_goes_to_the_gevent_process_and_pages_to_the_workers():
    assert locations() == {"/websocket": "odoo-bus", "/": "odoo"}


def test_odoo_trusts_the_proxy_and_runs_several_processes():
    odoo = odoo_options("production")
    assert odoo["proxy_mode"] == "True"
    assert int(odoo["workers"]) > 1


def copied_from_here() -> dict[str, str]:
    """:return: what the image takes from the repository -> where it puts it"""
    copies = [words for words in dockerfile() if words[0] == "COPY"]
    return {w[-2]: w[-1] for w in copies if not w[1].startswith("--from")}


def copied_from_npm() -> dict[str, str]:
    """:return: file or folder of npm -> where the image puts it"""
    copies = [words for words in dockerfile() if words[:2] == ["COPY", "--from=web"]]
    return {source: words[-1] for words in copies for source in words[2:-1]}


def test_image_holds_the_libraries_that_a_checkout_holds():
    files, addons = copied_from_npm(), odoo_options("production")["addons_path"]
    for folder, library in LIBRARIES.items():
        for name, source in library.items():
            path = PurePosixPath("/web/node_modules", source)
            copied = files.get(str(path)) or files[str(path.parent)]
            assert copied.rstrip("/") == str(PurePosixPath(addons, folder, name).parent)


def test_libraries_from_npm_are_pinned_and_have_a_reason():
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    reasons = (ROOT / "docs/DEPENDENCIES.md").read_text("utf-8")
    for library in LIBRARIES.values():
        for name in {source.partition("/")[0] for source in library.values()}:
            assert re.fullmatch(r"[\d.]+", package["dependencies"][name])
            assert f"`{name}`" in reasons


def test_libraries_from_npm_stay_out_of_the_repository():
    assert all(ignored_by_git(f"addons/{folder}/any.js") for folder in LIBRARIES)


def test_image_holds_the_addons_where_the_configuration_looks():
    copied = copied_from_here()
    assert copied["addons"] == odoo_options("production")["addons_path"]
    assert ["FROM", "odoo:19"] in dockerfile()


def test_image_holds_the_simulators_where_the_service_starts_them():
    copied = copied_from_here()
    simulator = SERVICES["simulator"]
    assert copied["dms_simulator"] == f"{simulator['working_dir']}/dms_simulator"
    assert simulator["image"] == SERVICES["odoo"]["image"]


def test_what_the_image_copies_is_not_ignored_by_the_builder():
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = set(copied_from_here())
    assert copied == {line[1:] for line in lines if line.startswith("!")}


def test_the_simulator_of_the_service_exists_and_answers_where_it_is_asked():
    """Started as the container starts it, and asked what its health check asks."""
    service = SERVICES["simulator"]
    python, *arguments = [
        re.sub(r"\$\{\w+:-(\w+)}", r"\1", word) for word in service["command"]
    ]
    assert (python, service["expose"]) == ("python3", ["9001"])
    assert arguments[-1] == "--port=9001"
    with running([sys.executable, *arguments[:-1], "--port=0"]) as url:
        path = service["healthcheck"]["test"][-1].rpartition(":9001")[2]
        with urllib.request.urlopen(f"{url}{path}", timeout=10) as answer:
            assert answer.status == 200


def test_demonstrations_start_on_demand_only():
    profiles = {name: service.get("profiles") for name, service in SERVICES.items()}
    on_demand = {name: value for name, value in profiles.items() if value}
    assert on_demand == {"broker": ["iot"], "simulator": ["simulator"]}


def test_the_example_names_simulators_that_exist():
    example = (ROOT / ".env.example").read_text("utf-8")
    named = re.search(r"`simulator` plays: (.+)", example)[1].split(", ")
    assert sorted(named) == sorted(names())
    assert re.search(r"^DMS_SIMULATOR=(\w+)", example, re.MULTILINE)[1] in names()


def test_files_of_odoo_live_in_a_volume():
    assert ("odoo", "files", odoo_options("production")["data_dir"]) in MOUNTS


def test_database_user_of_odoo_is_the_one_the_server_creates():
    odoo, db = SERVICES["odoo"]["environment"], SERVICES["db"]["environment"]
    assert odoo["HOST"] == "db"
    assert odoo["USER"] == db["POSTGRES_USER"]
    assert odoo["PASSWORD"] == db["POSTGRES_PASSWORD"]


def test_server_has_a_connection_for_every_process_even_with_a_replica():
    odoo = odoo_options("production")
    processes = int(odoo["workers"]) + int(odoo["max_cron_threads"])
    pools = processes * int(odoo["db_maxconn"]) + int(odoo["db_maxconn_gevent"])
    assert 2 * pools < int(postgres_settings()["max_connections"])


def test_passwords_come_from_files_that_git_ignores():
    assert ignored_by_git(".env")
    for secret in compose()["secrets"].values():
        assert ignored_by_git(secret["file"].removeprefix("./"))


def test_every_variable_is_in_the_example():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    example = (ROOT / ".env.example").read_text("utf-8")
    used = set(re.findall(r"\$\{(\w+)", text))
    assert used == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_example_holds_no_password():
    example = (ROOT / ".env.example").read_text("utf-8")
    assert re.search(r"^DMS_DB_PASSWORD=$", example, re.MULTILINE)


def test_broker_lets_nobody_in_without_a_password():
    text = (ROOT / "config/mosquitto/mosquitto.conf").read_text("utf-8")
    settings = dict(re.findall(r"^(\w+) (.+)$", text, re.MULTILINE))
    assert settings["allow_anonymous"] == "false"
    secret = settings["password_file"].removeprefix("/run/secrets/")
    assert secret in SERVICES["broker"]["secrets"]
    assert f":{settings['listener']}" in SERVICES["broker"]["ports"][0]
