"""Command line: ``python -m dms_simulator NAME [--port 9001] …``."""

import argparse
import signal
import ssl

from . import names, simulator
from .checks import Basic, Bearer, ClientCertificate, Hmac


def main(argv: list[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    server = simulator(options.name)(
        port=options.port, host=options.host, tls=_tls(options), checks=_checks(options)
    )
    signal.signal(signal.SIGTERM, _stop)
    try:
        print(f"{options.name} on {server.url}", flush=True)
        server.serve()
    except KeyboardInterrupt:
        return 0
    return 0


def _stop(signum, frame):
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dms_simulator", description=f"Simulators: {', '.join(names())}"
    )
    parser.add_argument("name", choices=names())
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--bearer", metavar="TOKEN")
    parser.add_argument("--hmac", metavar="SECRET")
    parser.add_argument("--basic", metavar="NAME:PASSWORD")
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
    parser.add_argument(
        "--client", nargs=2, metavar=("AUTHORITY", "NAME"), help="mTLS; needs --tls"
    )
    return parser


def _checks(options: argparse.Namespace) -> list:
    checks = []
    if options.bearer:
        checks.append(Bearer(options.bearer))
    if options.hmac:
        checks.append(Hmac(options.hmac))
    if options.basic:
        checks.append(Basic(*options.basic.split(":", 1)))
    if options.client:
        checks.append(ClientCertificate(options.client[1]))
    return checks


def _tls(options: argparse.Namespace) -> ssl.SSLContext | None:
    if not options.tls:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)
    if options.client:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(options.client[0])
    return context


if __name__ == "__main__":
    raise SystemExit(main())
