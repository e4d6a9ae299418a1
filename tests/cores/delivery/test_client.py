"""The HTTP client against real servers on this machine."""

import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from odoo.addons.dms_base.delivery import (
    AddressGuard,
    AddressRefused,
    Client,
    Credentials,
    Limits,
    NoAnswer,
    NotSent,
    Request,
)

from dms_simulator import Fault
from dms_simulator.certificates import Authority
from dms_simulator.checks import Basic, Bearer, ClientCertificate, Hmac
from dms_simulator.oem_echo import OemEcho

GUARD = AddressGuard.parse("127.0.0.0/8, ::1/128")
QUICK = Limits(connect_s=2, read_s=0.5, total_s=1, answer_bytes=1000)


def client(credentials=None, guard=GUARD, **options) -> Client:
    options = {"limits": QUICK} | options
    return Client(credentials or Credentials(), guard, **options)


def post(url: str, key: str = "k-1", body: bytes = b'{"data": 1}') -> Request:
    return Request("POST", url, {"Idempotency-Key": key}, body, key)


@pytest.fixture
def oem():
    with OemEcho() as simulator:
        yield simulator


@contextmanager
def raw_server(answer: bytes, hold: threading.Event | None = None):
    """A server that says what it is told, whatever it is asked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)
                if hold:
                    hold.wait(10)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def dripping_server(head: bytes):
    """A server that sends a byte every tenth of a second, for ever."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(head)
                while not stop.wait(0.1):
                    connection.sendall(b"x")

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        stop.set()


class TestCall:
    def test_brings_the_answer(self, oem):
        answer = client().send(post(oem.url))
        assert answer.status == 200
        assert b"OEM-000001" in answer.body
        assert answer.is_whole

    def test_sends_the_body_as_it_is(self, oem):
        client().send(post(oem.url, body='{"data": "车"}'.encode()))
        assert oem.ledger.received[0].body == '{"data": "车"}'.encode()

    def test_an_error_is_an_answer_too(self, oem):
        oem.faults.add(Fault(status=503, headers=(("Retry-After", "7"),)))
        answer = client().send(post(oem.url))
        assert (answer.status, answer.headers["Retry-After"]) == (503, "7")

    def test_keeps_the_connection_for_the_next_call(self, oem):
        with_one = client()
        with_one.send(post(oem.url, "a"))
        with_one.send(post(oem.url, "b"))
        assert len({received.caller for received in oem.ledger.received}) == 1

    def test_may_be_told_not_to(self, oem):
        client(keep_alive=False).send(post(oem.url))
        assert oem.ledger.received[0].header("Connection") == "close"

    def test_follows_no_redirect(self, oem):
        with OemEcho() as elsewhere:
            location = (("Location", elsewhere.url),)
            oem.faults.add(Fault(status=307, headers=location))
            assert client().send(post(oem.url)).status == 307
            assert not elsewhere.ledger.received

    def test_keeps_no_cookie(self, oem):
        oem.faults.add(Fault(status=200, headers=(("Set-Cookie", "a=b"),)))
        with_one = client()
        with_one.send(post(oem.url))
        with_one.send(post(oem.url))
        assert not oem.ledger.received[1].header("Cookie")

    def test_uses_no_proxy_of_the_environment(self, oem, monkeypatch):
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        assert client().send(post(oem.url)).status == 200

    def test_uses_no_password_file(self, oem, monkeypatch, tmp_path):
        file = tmp_path / "netrc"
        file.write_text("machine localhost login me password secret")
        monkeypatch.setenv("NETRC", str(file))
        client().send(post(oem.url))
        assert not oem.ledger.received[0].header("Authorization")


class TestFailure:
    def test_nobody_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        with pytest.raises(NotSent):
            client().send(post(f"http://127.0.0.1:{port}"))

    def test_an_unknown_name(self):
        with pytest.raises(NotSent):
            client().send(post("https://no-such-name.invalid/"))

    def test_the_other_side_hangs_up(self, oem):
        oem.faults.add(Fault(drop="after"))
        with pytest.raises(NoAnswer):
            client().send(post(oem.url))
        assert oem.ledger.effects == [1]

    def test_the_other_side_says_nothing(self, oem):
        oem.faults.add(Fault(delay_s=2))
        with pytest.raises(NoAnswer):
            client().send(post(oem.url))

    def test_the_answer_breaks_off(self):
        cut = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
        with raw_server(cut) as url, pytest.raises(NoAnswer):
            client().send(post(url))

    def test_the_answer_is_no_http(self):
        with raw_server(b"SSH-2.0-OpenSSH_9.2\r\n") as url, pytest.raises(NoAnswer):
            client().send(post(url))

    def test_an_answer_given_twice_is_read_once(self, oem):
        oem.faults.add(Fault(twice=True))
        with_one = client()
        assert with_one.send(post(oem.url, "a")).status == 200
        assert b"OEM-000002" in with_one.send(post(oem.url, "b")).body

    def test_a_header_that_cannot_be_sent(self, oem):
        request = Request("POST", oem.url, {"X": "line\nfeed"}, b"")
        with pytest.raises(NotSent):
            client().send(request)


class TestLimits:
    def test_a_large_answer_is_cut(self):
        answer = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 100_000
        with raw_server(answer) as url:
            answer = client().send(post(url))
        assert (answer.status, len(answer.body), answer.is_whole) == (200, 1000, False)

    def test_silence_within_an_answer_breaks_it_off(self):
        hold = threading.Event()
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"
        with raw_server(head, hold) as url, pytest.raises(NoAnswer):
            client().send(post(url))
        hold.set()

    def test_an_answer_that_drips_is_cut(self):
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
        with dripping_server(head) as url:
            start = time.monotonic()
            answer = client().send(post(url))
        assert (answer.status, answer.is_whole) == (200, False)
        assert time.monotonic() - start < 3

    def test_headers_that_drip_are_no_answer(self):
        with dripping_server(b"HTTP/1.1 200 OK\r\nX: ") as url:
            start = time.monotonic()
            with pytest.raises(NoAnswer):
                client().send(post(url))
        assert time.monotonic() - start < 3

    def test_the_time_of_one_call_is_not_that_of_the_next(self, oem):
        """The connection is kept, the deadline is not."""
        with_one = client()
        for key in "abc":
            oem.faults.add(Fault(delay_s=0.4))
            assert with_one.send(post(oem.url, key)).is_whole
        assert len({received.caller for received in oem.ledger.received}) == 1

    def test_it_holds_on_a_connection_that_was_kept_and_through_tls(self, tmp_path):
        authority = Authority()
        with OemEcho(tls=authority.server(tmp_path)) as oem:
            limits = Limits(read_s=9, total_s=0.5)
            with_one = client(Credentials(authority=authority.pem), limits=limits)
            with_one.send(post(oem.url, "a"))
            oem.faults.add(Fault(delay_s=5))
            with pytest.raises(NoAnswer):
                with_one.send(post(oem.url, "b"))


class TestGuard:
    def test_no_call_inside_without_permission(self, oem):
        with pytest.raises(AddressRefused):
            client(guard=AddressGuard()).send(post(oem.url))
        assert not oem.ledger.received

    def test_a_name_that_leads_inside_is_not_connected_to(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.2)
            url = f"https://localhost:{listener.getsockname()[1]}"
            with pytest.raises(AddressRefused):
                client(guard=AddressGuard()).send(post(url))
            with pytest.raises(TimeoutError):
                listener.accept()

    def test_the_checked_address_is_the_one_called(self, oem, monkeypatch):
        """A name service that gives another address to a second question."""
        answers = iter(["127.0.0.1", "192.0.2.1"])
        real = socket.getaddrinfo

        def rebinding(host, *arguments, **options):
            if host == "rebinding.example":
                host = next(answers)
            return real(host, *arguments, **options)

        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        url = f"http://rebinding.example:{oem.port}"
        assert client().send(post(url)).status == 200


class TestCredentials:
    def test_bearer(self):
        with OemEcho(checks=[Bearer("t-1")]) as oem:
            assert (
                client(Credentials("bearer", token="t-1")).send(post(oem.url)).status
                == 200
            )
            assert (
                client(Credentials("bearer", token="t-2")).send(post(oem.url)).status
                == 401
            )

    def test_basic(self):
        with OemEcho(checks=[Basic("me", "pass:wörd")]) as oem:
            mine = Credentials("basic", username="me", password="pass:wörd")
            assert client(mine).send(post(oem.url)).status == 200

    def test_hmac(self):
        with OemEcho(checks=[Hmac("s-1")]) as oem:
            url = f"{oem.url}/in?dealer=车 1"
            assert (
                client(Credentials("hmac", secret="s-1")).send(post(url)).status == 200
            )
            assert (
                client(Credentials("hmac", secret="s-2")).send(post(url)).status == 401
            )

    def test_hmac_signs_each_attempt_anew(self):
        with OemEcho(checks=[Hmac("s-1")]) as oem:
            mine = client(Credentials("hmac", secret="s-1"))
            assert [mine.send(post(oem.url)).status for _ in range(2)] == [200, 200]
            assert oem.ledger.effects == [1]

    def test_what_is_missing_is_named(self):
        assert Credentials("mtls", certificate="x").missing() == ["private_key"]
        assert Credentials("none").missing() == []

    def test_secrets_do_not_show(self):
        shown = repr(Credentials("hmac", secret="s-1", token="t-1", private_key="p-1"))
        assert not any(secret in shown for secret in ("s-1", "t-1", "p-1"))


class TestTls:
    @pytest.fixture
    def authority(self):
        return Authority()

    def test_the_authority_that_was_named_is_trusted(self, authority, tmp_path):
        with OemEcho(tls=authority.server(tmp_path)) as oem:
            mine = Credentials(authority=authority.pem)
            assert client(mine).send(post(oem.url)).status == 200

    def test_an_unknown_authority_is_not(self, authority, tmp_path):
        with OemEcho(tls=authority.server(tmp_path)) as oem:
            with pytest.raises(NotSent, match="certificate verify failed"):
                client().send(post(oem.url))
            assert not oem.ledger.received

    def test_a_named_authority_is_the_only_one(self, authority, tmp_path):
        with OemEcho(tls=authority.server(tmp_path)) as oem:
            mine = Credentials(authority=Authority("Another").pem)
            with pytest.raises(NotSent):
                client(mine).send(post(oem.url))

    def test_the_name_must_be_right(self, authority, tmp_path):
        with OemEcho(tls=authority.server(tmp_path, host="other.example")) as oem:
            mine = Credentials(authority=authority.pem)
            with pytest.raises(NotSent):
                client(mine).send(post(oem.url))

    def test_mutual(self, authority, tmp_path):
        tls = authority.server(tmp_path, mutual=True)
        with OemEcho(tls=tls, checks=[ClientCertificate("dealer")]) as oem:
            assert client(self._dealer(authority)).send(post(oem.url)).status == 200

    def test_mutual_with_a_certificate_of_somebody_else(self, authority, tmp_path):
        tls = authority.server(tmp_path, mutual=True)
        with OemEcho(tls=tls, checks=[ClientCertificate("dealer")]) as oem:
            other = self._dealer(authority, "stranger")
            assert client(other).send(post(oem.url)).status == 401

    def test_mutual_without_certificate(self, authority, tmp_path):
        with OemEcho(tls=authority.server(tmp_path, mutual=True)) as oem:
            mine = Credentials(authority=authority.pem)
            with pytest.raises((NotSent, NoAnswer)):
                client(mine).send(post(oem.url))
            assert not oem.ledger.received

    def test_a_broken_certificate_is_said_at_once(self):
        mine = Credentials("mtls", certificate="nonsense", private_key="nonsense")
        with pytest.raises(ValueError):
            client(mine)

    def _dealer(self, authority, name="dealer") -> Credentials:
        identity = authority.issue(name)
        return Credentials(
            "mtls",
            certificate=identity.certificate,
            private_key=identity.key,
            authority=authority.pem,
        )
