"""The files a deployment consists of, parsed."""

import ast
import configparser
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
ADDONS = sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def odoo_options(kind: str) -> dict[str, str]:
    """:return: what config/KIND.conf sets"""
    parser = configparser.RawConfigParser()
    parser.read(ROOT / "config" / f"{kind}.conf")
    return dict(parser["options"])


def postgres_settings() -> dict[str, str]:
    text = (ROOT / "config/postgres/postgresql.conf").read_text("utf-8")
    return dict(re.findall(r"^(\w+) = '?([^'\n]+)'?$", text, re.MULTILINE))


def proxy() -> str:
    return (ROOT / "config/nginx/dms.conf").read_text("utf-8")


def upstreams() -> dict[str, str]:
    """:return: name of an upstream -> host:port"""
    return dict(re.findall(r"upstream (\S+) \{\s*server ([^;]+);", proxy()))


def locations() -> dict[str, str]:
    """:return: path -> upstream that serves it"""
    pattern = r"location (\S+) \{\s*proxy_pass http://([^;]+);"
    return dict(re.findall(pattern, proxy()))


def dockerfile() -> list[list[str]]:
    """:return: the instructions, each split into words"""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split() for line in lines]


def manifest(addon: Path) -> dict:
    return ast.literal_eval((addon / "__manifest__.py").read_text("utf-8"))


def pinned(name: str) -> dict[str, str]:
    """:return: package -> version in requirements/NAME.txt"""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==([^ \\\n]+)", text, re.M))


def ignored_by_git(path: str) -> bool:
    patterns = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    return any(f"/{path}".startswith(p.rstrip("/")) for p in patterns if p)
