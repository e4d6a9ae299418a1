"""No trailing blanks, Unix line ends, exactly one line end at the end of a file."""

import sys
from pathlib import Path


def tidy(text: str) -> str:
    """:return: the text as it should be"""
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in lines)


def main(arguments: list[str]) -> int:
    fix = "--fix" in arguments
    files = [Path(a) for a in arguments if a != "--fix"]
    untidy = [file for file in files if not _is_tidy(file)]
    for file in untidy:
        if fix:
            file.write_bytes(tidy(file.read_text("utf-8")).encode())
        else:
            print(f"{file}: trailing blanks or line ends; ./dms check --fix mends them")
    return int(bool(untidy) and not fix)


def _is_tidy(file: Path) -> bool:
    content = file.read_bytes()
    return tidy(content.decode("utf-8")).encode() == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
