import pytest

from devtools.shelf import Shelf


def _build(folder):
    (folder / "made").touch()


def _fail(folder):
    (folder / "half").touch()
    raise RuntimeError


def test_finished_folder_is_built_once(tmp_path):
    shelf = Shelf(tmp_path, "key")
    first = shelf.get(_build)
    assert (first / "made").exists()
    assert shelf.get(_fail) == first


def test_half_made_folder_is_not_taken_for_finished(tmp_path):
    shelf = Shelf(tmp_path, "key")
    with pytest.raises(RuntimeError):
        shelf.get(_fail)
    assert (shelf.get(_build) / "made").exists()


def test_unfinished_folders_of_the_same_key_are_removed(tmp_path):
    (tmp_path / "key.old").mkdir()
    (tmp_path / "other.old").mkdir()
    Shelf(tmp_path, "key").get(_build)
    assert not (tmp_path / "key.old").exists()
    assert (tmp_path / "other.old").exists()
