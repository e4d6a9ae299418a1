"""A headless Chromium, driven over its DevTools protocol."""

import base64
import itertools
import json
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)


class Chromium:
    """One browser with one page; leave the `with` block to close it."""

    def __enter__(self) -> "Chromium":
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        command = ["chromium", *FLAGS, f"--user-data-dir={self._profile.name}"]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
        self._socket = websocket.create_connection(self._page(), timeout=60)
        self._ids = itertools.count(1)
        return self

    def __exit__(self, *_) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(timeout=20)
        self._profile.cleanup()

    def _page(self, seconds: int = 30) -> str:
        """:return: the address of the first page's socket"""
        file = Path(self._profile.name) / "DevToolsActivePort"
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if file.exists() and (lines := file.read_text().splitlines()):
                pages = _json(f"http://127.0.0.1:{lines[0]}/json/list")
                if found := [p for p in pages if p["type"] == "page"]:
                    return found[0]["webSocketDebuggerUrl"]
            time.sleep(0.1)
        raise RuntimeError("Chromium does not start.")

    def send(self, method: str, **parameters) -> dict:
        """Send a command of the protocol and wait for its answer."""
        number = next(self._ids)
        message = {"id": number, "method": method, "params": parameters}
        self._socket.send(json.dumps(message))
        while (answer := json.loads(self._socket.recv())).get("id") != number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def resize(self, width: int, height: int) -> None:
        """A narrow window is a phone."""
        phone = width < 600
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1}
        self.send("Emulation.setDeviceMetricsOverride", mobile=phone, **metrics)
        self.send("Emulation.setTouchEmulationEnabled", enabled=phone)

    def set_cookie(self, url: str, name: str, value: str) -> None:
        self.send("Network.setCookie", url=url, name=name, value=value)

    def open(self, url: str, ready: str, seconds: int = 60) -> None:
        """Go to a page and wait until an expression in it is true."""
        self.send("Page.navigate", url=url)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.evaluate(ready) is True:
                return
            time.sleep(0.2)
        raise RuntimeError(f"{url} is not ready after {seconds} s: {ready}")

    def evaluate(self, expression: str) -> object:
        result = self.send("Runtime.evaluate", expression=expression)["result"]
        return result.get("value")

    def photograph(self, file: Path) -> None:
        picture = self.send("Page.captureScreenshot", format="png")["data"]
        file.write_bytes(base64.b64decode(picture))


def _json(url: str) -> list[dict]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)
