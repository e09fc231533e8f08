"""Connections that lead only to the public web: a name is resolved once, judged, and that very address connected to."""

import ipaddress
import socket
from collections.abc import Callable, Collection, Iterable
from queue import Empty, SimpleQueue
from ssl import SSLContext
from threading import Thread
from typing import Any

import httpcore
import httpx

from flows.failures import Refused
from flows.fetching.deadline import time_left

Resolve = Callable[[str, int], list[str]]
"""Returns the IP addresses of a host's name, the preferred one first; raises OSError where there is none."""

PORTS = frozenset({80, 443})
_MOST_ADDRESSES = 3
# What Python's `is_global` lets pass although it leads, or may lead, elsewhere: 6to4 and its relays, Teredo, NAT64,
# IPv4 in IPv6 without a mark, addresses of one site, and the range of IETF protocols.
_ELSEWHERE = tuple(
    ipaddress.ip_network(network)
    for network in ("2002::/16", "192.88.99.0/24", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48", "::/96", "fec0::/10",
                    "192.0.0.0/24", "::ffff:0:0:0/96", "5f00::/16", "3fff::/20")
)  # fmt: skip


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public web: neither private nor local nor a way around to such."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        return is_public(str(ip.ipv4_mapped))
    if ip.is_multicast or ip.is_reserved or ip.is_unspecified or not ip.is_global:
        return False
    return not any(ip in network for network in _ELSEWHERE if network.version == ip.version)


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of `host` as this machine's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard(httpcore.SyncBackend):
    """Connects to hosts of the public web on the web's ports, and to those that are allowed by name.

    `allowed` holds hosts ("wiki.intranet") or hosts with a port ("127.0.0.1:8080"), in small letters.
    """

    def __init__(self, *, allowed: Collection[str] = (), resolver: Resolve = resolve) -> None:
        self._allowed = frozenset(allowed)
        self._resolver = resolver

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to an address of `host` that was judged; raises Refused where there is none."""
        named = host.lower().strip("[]").rstrip(".")
        free = not self._allowed.isdisjoint((named, f"{named}:{port}"))
        if port not in PORTS and not free:
            raise Refused(f"port {port} is not the web's: allow it with ONRECORD_ALLOW_HOSTS={named}:{port}", url=host)
        addresses = self._looked_up(host, port, timeout)
        fit = [address for address in addresses if free or is_public(address)]
        if not fit:
            message = f"{host} is not on the public web: allow it with ONRECORD_ALLOW_HOSTS={named} if it is yours"
            raise Refused(message, url=host)
        for number, address in enumerate(fit[:_MOST_ADDRESSES], start=1):
            try:
                # A number is not resolved again: nobody can change the answer between the judgement and the connection.
                stream = super().connect_tcp(address, port, time_left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(fit[:_MOST_ADDRESSES]):
                    raise
            else:
                return TimedStream(stream)
        raise httpcore.ConnectError(f"the name {host} has no address")

    def _looked_up(self, host: str, port: int, timeout: float | None) -> list[str]:
        """Return the addresses of `host`; the system's resolver knows no time limit, so it is left to itself."""
        answers: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def look() -> None:
            try:
                answers.put(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        Thread(target=look, name="resolve", daemon=True).start()
        try:
            found = answers.get(timeout=time_left(timeout))
        except Empty as error:
            raise httpcore.ConnectTimeout(f"nobody says which address {host} has") from error
        if isinstance(found, Exception):
            raise httpcore.ConnectError(f"the name {host} has no address") from found
        return found

    def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Connect to no socket of this machine."""
        raise Refused("sockets of this machine are not the web", url=path)


class TimedStream(httpcore.NetworkStream):
    """A connection of which no step outlasts the deadline of the thread that uses it."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what comes next; raises ReadTimeout when nothing comes in time."""
        if (left := time_left(timeout)) == 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return self._stream.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send `buffer`; raises WriteTimeout when it is not taken in time."""
        if (left := time_left(timeout)) == 0:
            raise httpcore.WriteTimeout("the deadline has passed")
        self._stream.write(buffer, left)

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the same connection, encrypted."""
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, time_left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection tells of itself."""
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx.HTTPTransport):
    """httpx's own transport, with a guard on every connection, redirects' included."""

    def __init__(self, guard: Guard) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=context, trust_env=False)
        # httpx offers no way to hand it a network backend: tests hold that this is still where it keeps its pool.
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=64,
            # At seconds between two requests most servers have hung up, some of them just as we ask.
            max_keepalive_connections=0,
            network_backend=guard,
        )
