"""The files of deploy/ speak of commands, settings and files that exist, and of one another."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipelines import compiled
from pipelines.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SANDBOX = (DEPLOY / "systemd/zhibiao-.service.d/sandbox.conf").read_text("utf-8").splitlines()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
WORKSPACE = yaml.safe_load((DEPLOY / "workspace.yaml").read_text("utf-8"))
(SERVER,) = (entry["grpc_server"] for entry in WORKSPACE["load_from"])


def command_of(unit: Path) -> list[str]:
    (line,) = re.findall(r"^ExecStart=(.*)$", unit.read_text("utf-8"), re.MULTILINE)
    return line.split()


COMMANDS = {unit.stem: command_of(unit) for unit in UNITS} | {
    name: service["command"] for name, service in SERVICES.items()
}


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_are_those_of_the_environment(name: str):
    assert Path(sys.executable).with_name(Path(COMMANDS[name][0]).name).exists()


@pytest.mark.parametrize("role", ["code", "webserver", "daemon"])
def test_units_and_containers_run_the_same(role: str):
    def words(command: list[str]) -> list[str]:
        kept = [word for word in command if not re.fullmatch(r"[\d.]+\d|.*workspace.yaml", word)]
        return [Path(kept[0]).name, *kept[1:]]

    assert words(COMMANDS[f"zhibiao-{role}"]) == words(COMMANDS[role])


@pytest.mark.parametrize("name", ["zhibiao-code", "code"])
def test_the_code_server_listens_where_the_workspace_looks(name: str):
    command = COMMANDS[name]
    assert command[command.index("-p") + 1] == str(SERVER["port"])


def test_who_looks_for_the_code_server_is_told_its_host():
    variable = SERVER["host"]["env"]
    assert f"{variable}=" in (DEPLOY / "zhibiao.env").read_text("utf-8")
    assert all(service["environment"][variable] == "code" for service in SERVICES.values())


@pytest.mark.parametrize(
    "path",
    [
        *(path for path in DEPLOY.rglob("*") if path.is_file()),
        *(ROOT / "docs").glob("operations*.md"),
        *ROOT.glob("README*.md"),
    ],
    ids=lambda path: path.name,
)
def test_only_settings_that_exist_are_named(path: Path):
    named = set(re.findall(r"\bZHIBIAO_([A-Z_]+[A-Z])\b", path.read_text("utf-8")))
    known = {name.upper() for name in Settings.model_fields}
    assert named <= {*known, compiled.SWITCH.removeprefix("ZHIBIAO_")}


def test_what_the_containers_mount_and_the_image_copies_exists():
    mounts = [mount.split(":")[0] for mount in SERVICES["code"]["volumes"]]
    files = [mount for mount in mounts if mount.startswith(".")]
    assert all((DEPLOY / file).is_file() for file in files)
    assert len(files) == 2
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--" not in line]
    assert all((ROOT / name).exists() for names in copied for name in names)
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8")
    assert all(f"!{name}" in kept for names in copied for name in names)


def test_the_image_installs_what_was_tested_and_nothing_without_its_digest():
    tested = dict(
        line.lower().replace("_", "-").split("==")
        for line in (ROOT / "requirements.lock").read_text("utf-8").split()
    )
    lines = (DEPLOY / "image.lock").read_text("utf-8").splitlines()[1:]
    pinned = [re.fullmatch(r"(\S+)==(\S+)((?: --hash=sha256:[0-9a-f]{64})+)", x) for x in lines]
    assert all(pinned)
    versions = {match[1]: match[2] for match in pinned if match}
    # `pip freeze` leaves out setuptools.
    assert {name for name in versions if versions[name] != tested.get(name)} <= {"setuptools"}
    assert {"dagster", "duckdb", "polars", "setuptools", "hatchling"} <= versions.keys()
    installs = re.findall(r"pip install (.*)", (DEPLOY / "Dockerfile").read_text("utf-8"))
    assert all("--require-hashes" in one or "--no-deps ." in one for one in installs)


def test_the_home_is_made_before_two_programs_use_it():
    command = " ".join(SERVICES["home"]["command"])
    assert SERVICES["code"]["depends_on"] == {
        "home": {"condition": "service_completed_successfully"}
    }
    for name in ("webserver", "daemon"):
        assert "code" in SERVICES[name]["depends_on"]
        assert "After=zhibiao-code.service" in _unit(f"zhibiao-{name}")
    assert f"ExecStartPre=/opt/zhibiao/bin/{command}" in _unit("zhibiao-code")


def _unit(name: str) -> str:
    return (DEPLOY / "systemd" / f"{name}.service").read_text("utf-8")


def test_all_containers_share_their_folders_and_keep_the_reports_as_they_are():
    shared = SERVICES["code"]["volumes"]
    assert all(service["volumes"] == shared for service in SERVICES.values())
    assert any(mount.endswith("/data/reports:ro") for mount in shared)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_units_run_as_a_user_of_their_own(unit: Path):
    text = unit.read_text("utf-8")
    assert "User=zhibiao\n" in text
    assert "EnvironmentFile=/etc/zhibiao/zhibiao.env\n" in text


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this system")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_units_are_confined(unit: Path):
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(unit)]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


def test_no_unit_undoes_what_confines_all_of_them():
    names = (line.partition("=")[0] for line in SANDBOX if "=" in line and line[0] != "#")
    assert not {name for name in names for unit in UNITS if f"\n{name}=" in unit.read_text("utf-8")}
    assert "NoNewPrivileges=yes" in SANDBOX
    assert "CapabilityBoundingSet=" in SANDBOX
    assert "ProtectSystem=strict" in SANDBOX
    assert any(line.startswith("MemoryMax=") for line in SANDBOX)


@pytest.mark.parametrize("name", SERVICES)
def test_containers_are_confined(name: str):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["read_only"] is True
    assert service["mem_limit"]
    assert service["pids_limit"]
    written = {mount.rsplit(":", 1)[1] for mount in service["volumes"] if mount[-3:] != ":ro"}
    assert written == {"/data/warehouse", "/var/lib/zhibiao/dagster"}
    published = [port for port in service.get("ports", []) if not port.startswith("127.0.0.1:")]
    assert published == []


@pytest.mark.parametrize(
    "guide", sorted((ROOT / "docs").glob("operations*.md")), ids=lambda path: path.name
)
def test_secrets_are_installed_for_their_owner_alone(guide: Path):
    (line,) = (one for one in guide.read_text("utf-8").splitlines() if "zhibiao.env /etc" in one)
    assert "install -D -m 600 deploy/zhibiao.env" in line
    assert "cp -r deploy/systemd/*" in guide.read_text("utf-8")


def test_the_target_starts_the_three_and_the_timer_its_build():
    target = {unit.stem for unit in UNITS if "WantedBy=zhibiao.target" in unit.read_text("utf-8")}
    assert target == {"zhibiao-code", "zhibiao-webserver", "zhibiao-daemon"}
    assert (DEPLOY / "systemd" / "zhibiao-build.timer").is_file()
