"""Takes the screenshots a list names: who looks at what, how wide, in which words."""

import json
import re
import sys
import time
from pathlib import Path

import requests

from .chromium import Chromium

READY = """
    Boolean(window.odoo?.isReady !== false
        && document.querySelector("{ready}")
        && !document.querySelector(".o_loading_indicator"))
"""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
DEFAULT_READY = ".o_action_manager > * > *"


class Visitor:
    """A logged-in user whose language can be changed for a while."""

    def __init__(self, url: str, login: str, password: str):
        self.url = url
        self.session = requests.Session()
        self._log_in(login=login, password=password)
        self.user = self._post("/web/session/get_session_info")["uid"]
        self.language = self._call("read", [self.user], ["lang"])[0]["lang"]

    @property
    def cookie(self) -> str:
        return self.session.cookies["session_id"]

    def speak(self, language: str) -> None:
        self._call("write", [self.user], {"lang": language})

    def _log_in(self, **form: str) -> None:
        page = self.session.get(f"{self.url}/web/login", timeout=60).text
        form["csrf_token"] = TOKEN.search(page).group(1)
        self.session.post(f"{self.url}/web/login", data=form, timeout=60)

    def _call(self, method: str, *arguments):
        what = {"model": "res.users", "method": method, "args": arguments, "kwargs": {}}
        return self._post("/web/dataset/call_kw", **what)

    def _post(self, path: str, **parameters):
        message = {"jsonrpc": "2.0", "params": parameters}
        answer = self.session.post(f"{self.url}{path}", json=message, timeout=60).json()
        if "error" in answer:
            raise RuntimeError(f"{path}: {answer['error']['data']['message']}")
        return answer["result"]


def take(browser: Chromium, url: str, shot: dict, plan: dict, folder: Path) -> None:
    """Photograph one page in every language and size of the plan."""
    visitor = Visitor(url, shot["login"], shot["password"])
    try:
        for language in plan["languages"]:
            visitor.speak(language)
            # A session keeps the language it began with.
            fresh = Visitor(url, shot["login"], shot["password"])
            browser.set_cookie(url, "session_id", fresh.cookie)
            for size in shot["sizes"]:
                name = f"{shot['name']}-{size}-{language}.png"
                _photograph(browser, url, shot, plan["sizes"][size], folder / name)
                print(name, flush=True)
    finally:
        visitor.speak(visitor.language)


def _photograph(browser: Chromium, url: str, shot: dict, size, file: Path) -> None:
    browser.resize(*size)
    ready = READY.replace("{ready}", shot.get("ready", DEFAULT_READY))
    browser.open(f"{url}{shot['path']}", ready)
    time.sleep(1)  # pictures and charts draw themselves
    for selector in shot.get("clicks", []):
        browser.evaluate(f"document.querySelector({json.dumps(selector)}).click()")
        time.sleep(1)  # what was opened draws itself, too
    browser.photograph(file)


def main(arguments: list[str]) -> int:
    url, folder = arguments[0], Path(arguments[1])
    plan = json.loads((folder / "shots.json").read_text("utf-8"))
    with Chromium() as browser:
        for shot in plan["shots"]:
            take(browser, url, shot, plan, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
