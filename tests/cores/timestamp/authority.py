"""A timestamp authority that really stamps: `openssl ts` behind a real HTTP server."""

import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

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
        self.folder = folder
        self._write("openssl.cnf", CONFIG.format(folder=folder))
        self._write("serial", "01")
        self._make_root()
        self._make_signer()

    @property
    def pem(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    def answer(self, query: bytes) -> bytes:
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
        assert done.returncode == 0, done.stderr

    def _write(self, name: str, content) -> None:
        raw = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(raw)


@contextmanager
def serve(answer, kind: str = "application/timestamp-reply", status: int = 200):
    """:param answer: function of the query
    :return: the address of a real server on this machine
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            content = answer(query)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
