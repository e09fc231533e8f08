"""No connection leads anywhere but to the public web, whatever an address looks like, whoever answers for a name."""

# ruff: noqa: S104  # nothing is bound to these addresses
import socket
from collections.abc import Callable, Iterator
from threading import Event

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import LOOPBACK, Site, serving

from flows.failures import FetchError, Gone, Refused, Unreachable
from flows.fetching import guard, robots
from flows.fetching.clients import Manners, open_client
from flows.fetching.guard import Guard, GuardedTransport, is_public
from flows.pages import Limits, fetch

ONE = Limits(attempts=1, seconds=5.0)
FREE = Manners(interval=0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        opened.says("/page", "<p>secret</p>")
        yield opened


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
     "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1",
     "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
     "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "fc00::1", "fd12::1", "fe80::1",
     "fe80::1%eth0", "fec0::1", "ff02::1", "not an address", ""],
)  # fmt: skip
def test_what_is_not_the_public_web(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:1.1.1.1"]
)
def test_what_is_the_public_web(address: str) -> None:
    assert is_public(address)


@given(
    st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7") | st.ip_addresses(network="2002::/16")
)
def test_no_private_address_is_public(address: object) -> None:
    assert not is_public(str(address))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]",
     "0.0.0.0", "127.0.0.1.", "LOCALHOST", "[::ffff:7f00:1]", "0x7f.1", "①②⑦.⓪.⓪.①", "[::]",
     "127.0.0.1%00.example.com"],
)  # fmt: skip
def test_no_notation_of_loopback_reaches_it(site: Site, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = site.address.rpartition(":")[2]
    # The port would be refused too: here it is one of the web's, so that the address must be.
    monkeypatch.setattr(guard, "PORTS", frozenset({int(port)}))
    with open_client(FREE) as client, pytest.raises(FetchError):
        fetch(f"http://{host}:{port}/page", client=client, limits=ONE)
    assert site.asked(robots=True) == []


def not_asked(host: str, _port: int) -> list[str]:
    return pytest.fail(f"{host} is not to be resolved")


@pytest.mark.parametrize(
    "url",
    ["ftp://x.example/", "file:///etc/passwd", "gopher://127.0.0.1:25/_x", "javascript:alert(1)", "//x.example/", "",
     "http:///etc/passwd", "https://user:secret@x.example/", "https://x.example/" + "a" * 3_000, "unix:///run/x.sock"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with open_client(FREE, resolver=not_asked) as client, pytest.raises(Gone):
        fetch(url, client=client, limits=ONE)


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_the_webs_ports_are_asked(port: int) -> None:
    with open_client(FREE, resolver=not_asked) as client, pytest.raises(Refused, match="port"):
        fetch(f"http://x.example:{port}/", client=client, limits=ONE)


def answering(*answers: str) -> tuple[Callable[[str, int], list[str]], list[str]]:
    """A resolver that answers differently each time, and the names that it was asked for."""
    asked: list[str] = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [answers[min(len(asked), len(answers)) - 1]]

    return resolver, asked


def test_a_name_that_stands_for_a_private_address_is_refused() -> None:
    resolver, _ = answering("10.0.0.1")
    with open_client(FREE, resolver=resolver) as client, pytest.raises(Refused, match="ONRECORD_ALLOW_HOSTS"):
        fetch("http://rebound.example/", client=client, limits=ONE)


def test_the_address_that_was_judged_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The resolver's second answer would be loopback: nobody asks for it."""
    resolver, asked = answering("93.184.216.34", "127.0.0.1")
    connected: list[object] = []

    def create_connection(address: object, *_: object, **__: object) -> socket.socket:
        connected.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "create_connection", create_connection)
    judge = Guard(resolver=resolver)
    with pytest.raises(httpcore.ConnectError):
        judge.connect_tcp("rebound.example", 80, timeout=1.0)
    assert connected == [("93.184.216.34", 80)]
    assert asked == ["rebound.example"]


def test_a_name_with_a_public_and_a_private_address_never_leads_to_the_private_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[object] = []

    def create_connection(address: object, *_: object, **__: object) -> socket.socket:
        connected.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "create_connection", create_connection)
    judge = Guard(resolver=lambda _host, _port: ["127.0.0.1", "93.184.216.34", "::1"])
    with pytest.raises(httpcore.ConnectError):
        judge.connect_tcp("mixed.example", 443)
    assert connected == [("93.184.216.34", 443)]


def test_a_redirect_to_a_private_address_is_not_followed(site: Site) -> None:
    """The first hop is allowed by its name; the second stands for the same machine and is not."""
    port = site.address.rpartition(":")[2]
    moved = site.says("/moved", status=302, Location=f"http://localhost:{port}/page")
    allowed = Manners(allowed=frozenset({f"127.0.0.1:{port}"}), interval=0)
    with open_client(allowed) as client, pytest.raises(Refused):
        fetch(moved, client=client, limits=ONE)
    assert site.asked() == ["/moved"]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://x.example/", "http://10.0.0.1/", "http://u:p@127.0.0.1/"]
)
def test_a_redirect_that_leaves_the_web_is_not_followed(site: Site, target: str) -> None:
    moved = site.says("/moved", status=301, Location=target)
    with open_client(LOOPBACK) as client, pytest.raises(Gone):
        fetch(moved, client=client, limits=ONE)
    assert site.asked() == ["/moved"]


def test_a_host_is_allowed_by_name_with_any_port_or_with_one(site: Site) -> None:
    port = site.address.rpartition(":")[2]
    for allowed in ("127.0.0.1", f"127.0.0.1:{port}"):
        with open_client(Manners(allowed=frozenset({allowed}), interval=0)) as client:
            assert fetch(f"{site.address}/page", client=client, limits=ONE).body == b"<p>secret</p>"
    with open_client(Manners(allowed=frozenset({"127.0.0.1:1"}), interval=0)) as client, pytest.raises(Refused):
        fetch(f"{site.address}/page", client=client, limits=ONE)


def test_a_name_without_an_address_may_have_one_later() -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise socket.gaierror("Name or service not known")

    with open_client(FREE, resolver=nowhere) as client, pytest.raises(Unreachable, match="no address"):
        fetch("http://nowhere.example/", client=client, limits=ONE)


def test_a_resolver_that_does_not_answer_is_left_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "_LIMITS", Limits(attempts=1, seconds=0.3))
    asked = Event()

    def silent(_host: str, _port: int) -> list[str]:
        asked.wait(30)
        return ["93.184.216.34"]

    with open_client(FREE, resolver=silent) as client, pytest.raises(Unreachable, match=r"longer than 0\.3 seconds"):
        fetch("http://silent.example/", client=client, limits=ONE)
    asked.set()


def test_no_socket_of_this_machine_is_opened() -> None:
    with pytest.raises(Refused):
        Guard().connect_unix_socket("/run/docker.sock")


def test_httpx_still_keeps_its_pool_where_the_guard_is_put() -> None:
    plain = httpx.HTTPTransport()
    assert isinstance(plain._pool, httpcore.ConnectionPool)
    judge = Guard()
    guarded = GuardedTransport(judge)
    assert guarded._pool._network_backend is judge  # type: ignore[attr-defined]  # private: that is what is tested
