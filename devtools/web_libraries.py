"""Scripts from npm that a page loads when it needs them.

They are put beside the addon's own files, where the web server looks, and stay out of
the repository. The image takes the same files from the same places: see Dockerfile.
"""

import os
from pathlib import Path

IMAGES = ("layers", "layers-2x", "marker-icon", "marker-icon-2x", "marker-shadow")
# Folder below addons -> its file -> where npm has it.
LIBRARIES = {
    "dms_vehicle/static/lib/leaflet": {
        "LICENSE": "leaflet/LICENSE",
        "leaflet-src.js": "leaflet/dist/leaflet-src.js",
        "leaflet.css": "leaflet/dist/leaflet.css",
        **{f"images/{n}.png": f"leaflet/dist/images/{n}.png" for n in IMAGES},
    }
}


def place(addons: Path, node_modules: Path) -> None:
    """Copy what is missing or of another version; links would lead out of the addon."""
    for folder, files in LIBRARIES.items():
        for name, source in files.items():
            _copy(node_modules / source, addons / folder / name)


def _copy(source: Path, target: Path) -> None:
    """Another command may read the file at this moment: replace it in one go."""
    content = source.read_bytes()
    if target.exists() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.{os.getpid()}")
    new.write_bytes(content)
    new.replace(target)
