"""Scripts from npm stand where the web server looks."""

import pytest

from devtools.web_libraries import LIBRARIES, place

FOLDER, FILES = next(iter(LIBRARIES.items()))
SCRIPT = "leaflet-src.js"


@pytest.fixture
def npm(tmp_path):
    folder = tmp_path / "node_modules"
    for source in FILES.values():
        file = folder / source
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"content of {source}")
    return folder


def test_all_files_are_copied(tmp_path, npm):
    place(tmp_path, npm)
    copied = [file for file in (tmp_path / FOLDER).rglob("*") if file.is_file()]
    assert len(copied) == len(FILES)
    assert (tmp_path / FOLDER / SCRIPT).read_text() == f"content of {FILES[SCRIPT]}"


def test_a_second_time_changes_nothing(tmp_path, npm):
    place(tmp_path, npm)
    before = (tmp_path / FOLDER / SCRIPT).stat().st_mtime_ns
    place(tmp_path, npm)
    assert (tmp_path / FOLDER / SCRIPT).stat().st_mtime_ns == before


def test_another_version_replaces_the_old_one(tmp_path, npm):
    place(tmp_path, npm)
    (npm / FILES[SCRIPT]).write_text("newer")
    place(tmp_path, npm)
    assert (tmp_path / FOLDER / SCRIPT).read_text() == "newer"


def test_no_minified_script_is_taken():
    names = [name for files in LIBRARIES.values() for name in files]
    assert not [name for name in names if ".min." in name]


def test_the_licence_goes_with_the_library():
    assert all("LICENSE" in files for files in LIBRARIES.values())
