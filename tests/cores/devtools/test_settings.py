import pytest

from devtools.console import Failure
from devtools.settings import Settings, digest


def test_private_server_of_a_parent_process_is_not_a_foreign_one(tmp_path, monkeypatch):
    monkeypatch.setenv("DMS_STATE", str(tmp_path))
    monkeypatch.setenv("PGHOST", str(tmp_path / "run"))
    assert Settings().own_postgres is None


def test_databases_on_a_shared_server_carry_the_key_of_the_checkout(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.example.org")
    settings = Settings()
    assert settings.database("test") == f"dms_test_{settings.key}"


def test_digest_follows_content_and_name(tmp_path):
    (tmp_path / "a").write_text("1")
    before = digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    renamed = digest(tmp_path)
    (tmp_path / "b").write_text("2")
    assert len({before, renamed, digest(tmp_path)}) == 3


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("DMS_PORT", port)
    with pytest.raises(Failure, match=port):
        Settings()
