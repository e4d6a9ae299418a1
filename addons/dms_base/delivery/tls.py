"""TLS contexts: the other side is always verified; keys never lie on a disk."""

import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from .credentials import Credentials


def context(credentials: Credentials) -> ssl.SSLContext:
    """A client's context.

    :raise ValueError: if a certificate or key cannot be read
    """
    try:
        made = _trusting(credentials.authority)
        if credentials.kind == "mtls":
            _show_certificate(made, credentials)
    except ssl.SSLError as error:
        raise ValueError(f"a certificate or key cannot be read: {error}") from error
    return made


def _trusting(authority: str) -> ssl.SSLContext:
    made = ssl.create_default_context(
        cafile=None if authority else requests.certs.where(),
        cadata=authority or None,
    )
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made


def _show_certificate(made: ssl.SSLContext, credentials: Credentials) -> None:
    with (
        _in_memory(credentials.certificate) as certificate,
        _in_memory(credentials.private_key) as key,
    ):
        made.load_cert_chain(certificate, key, password=_no_password)


def _no_password() -> str:
    raise ValueError("the private key is encrypted; give it without a password")


@contextmanager
def _in_memory(text: str) -> Iterator[str]:
    """:return: the name of a file without a disk; OpenSSL reads files only"""
    descriptor = os.memfd_create("pem", os.MFD_CLOEXEC)
    try:
        with os.fdopen(descriptor, "wb", closefd=False) as file:
            file.write(text.encode())
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)
