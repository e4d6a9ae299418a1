import pytest

from devtools.hooks.whitespace import main, tidy


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("a\n", "a\n"),
        ("a", "a\n"),
        ("a  \n", "a\n"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("a\n\n\n", "a\n"),
        ("\na\n", "\na\n"),
        ("", ""),
    ],
)
def test_tidy(written, tidied):
    assert tidy(written) == tidied


def test_check_reports_and_leaves_the_file(tmp_path, capsys):
    file = tmp_path / "x"
    file.write_text("a ")
    assert main([str(file)]) == 1
    assert file.read_text() == "a "
    assert str(file) in capsys.readouterr().out


def test_fix_writes_the_file(tmp_path):
    file = tmp_path / "x"
    file.write_bytes(b"a \r\n")
    assert main(["--fix", str(file)]) == 0
    assert file.read_bytes() == b"a\n"
