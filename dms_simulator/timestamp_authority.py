"""A timestamp authority that really stamps, with `openssl ts`."""

import hashlib
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

from .ledger import Received, Reply
from .registry import register
from .server import Simulator

REPLY = "application/timestamp-reply"
CONFIG = """
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = Test authority
[ ca ]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[ tsa ]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ ts ]
default_tsa = ts_config
[ ts_config ]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
ess_cert_id_chain = no
"""


class Authority:
    """Certificates and keys in a folder, made by `openssl`."""

    def __init__(self, folder: Path):
        self.folder, self._lock = folder, threading.Lock()
        self._write("openssl.cnf", CONFIG.format(folder=folder))
        self._write("serial", "01")
        self._make_root()
        self._make_signer()

    @property
    def pem(self) -> bytes:
        """The root certificate."""
        return (self.folder / "root.pem").read_bytes()

    def answer(self, query: bytes) -> bytes:
        """:return: TimeStampResp in DER, perhaps a refusal"""
        with self._lock:  # the serial number is in one file
            self._write("query.tsq", query)
            self._openssl(
                "ts -reply -queryfile query.tsq -out answer.tsr -section ts_config"
                " -config openssl.cnf"
            )
            return (self.folder / "answer.tsr").read_bytes()

    def _make_root(self) -> None:
        self._openssl(
            "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 90"
            " -subj /CN=Root -config openssl.cnf -extensions ca"
        )

    def _make_signer(self) -> None:
        self._openssl(
            "req -new -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr"
            " -config openssl.cnf"
        )
        self._openssl(
            "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial"
            " -out tsa.pem -days 30 -extfile openssl.cnf -extensions tsa"
        )

    def _openssl(self, arguments: str) -> None:
        command = ["openssl", *arguments.split(" ")]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)

    def _write(self, name: str, content) -> None:
        raw = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(raw)


@register("timestamp_authority")
class TimestampAuthority(Simulator):
    """Speaks RFC 3161 over HTTP; the effect is the query. It makes certificates of
    its own: ``authority.pem`` is what callers have to trust."""

    title = "Timestamp authority"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._folder = tempfile.TemporaryDirectory()
        self.authority = Authority(Path(self._folder.name))

    def key(self, received: Received) -> str:
        return hashlib.sha256(received.body).hexdigest()

    def accept(self, received: Received) -> tuple[Any, Reply]:
        answer = self.authority.answer(received.body)
        return received.body, Reply(200, answer, REPLY)

    def close(self) -> None:
        super().close()
        self._folder.cleanup()
