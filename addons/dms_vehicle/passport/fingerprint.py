"""A public key as people compare it, letter by letter."""

import hashlib
import re


def fingerprint(vkey: str) -> str:
    """:param vkey: the key as the log publishes it
    :return: SHA-256 of that text in groups of four, as ``printf %s "$KEY" | sha256sum``
    """
    return " ".join(re.findall("....", hashlib.sha256(vkey.encode()).hexdigest()))
