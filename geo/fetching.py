"""Fetching one page from the open web without ever reaching a private address.

The name is resolved once, every answer is checked, and the connection goes to the very address that was checked: a
second look-up (DNS rebinding) has nothing to say. Each redirect passes the same door.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

import urllib3
from urllib3.util import Url, parse_url

from geo.errors import BadInput

MAX_BYTES = 10 * 1024 * 1024
MAX_SECONDS = 20.0
MAX_REDIRECTS = 5
ALLOWED_PORTS = {"http": 80, "https": 443}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadAddress(BadInput):
    """An address that may not or cannot be fetched; the message says why and what to give instead."""

    code = "bad_address"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. ``url`` is the address after redirects; ``body`` is decoded of any content encoding."""

    url: str
    content_type: str
    body: bytes


def fetch(
    address: str,
    *,
    is_allowed: Callable[[Address, int], bool] | None = None,
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
    max_redirects: int = MAX_REDIRECTS,
) -> Fetched:
    """Get ``address`` (http or https), following at most ``max_redirects``.

    ``is_allowed(ip, port)`` decides where a connection may go; by default only globally routed addresses on ports
    80 and 443. Raises BadAddress with what was received, what is allowed and what to do; nothing is kept of a page that
    breaks a limit.
    """
    deadline = time.monotonic() + max_seconds
    is_allowed = is_allowed or is_public
    for _ in range(max_redirects + 1):
        url = parse_address(address)
        target = resolve(url, is_allowed)
        answer = _get(url, target, deadline, max_bytes)
        if isinstance(answer, Fetched):
            return answer
        address = urljoin(address, answer)
    raise BadAddress(
        f"{address} redirects more than {max_redirects} times. Give the final address of the page itself.",
        reason="too_many_redirects",
        most=max_redirects,
    )


def parse_address(raw: str) -> Url:
    """An absolute http(s) address without credentials, or BadAddress."""
    raw = raw.strip()
    allowed = "Allowed is an address such as https://example.kz/news/1."
    try:
        url = parse_url(raw)
    except urllib3.exceptions.LocationParseError:
        raise BadAddress(
            f"«{raw[:200]}» is not a web address. {allowed}", reason="no_address", received=raw[:200]
        ) from None
    if url.scheme not in ALLOWED_PORTS or not url.host:
        raise BadAddress(
            f"«{raw[:200]}» is not an http or https address. {allowed}", reason="no_address", received=raw[:200]
        )
    if url.auth:
        raise BadAddress(
            f"An address with a name and password is not fetched. {allowed}", reason="address_with_password"
        )
    return url


def resolve(url: Url, is_allowed: Callable[[Address, int], bool]) -> tuple[str, int]:
    """The (ip, port) to connect to. Every address that the name resolves to must be allowed, or none is used."""
    host, port = url.host.strip("[]"), url.port or ALLOWED_PORTS[url.scheme]
    ips = _addresses_of(host, port)
    if not ips or not all(is_allowed(ip, port) for ip in ips):
        raise BadAddress(
            f"{host}:{port} is not a public web address. Only pages on the open web (ports 80 and 443) are fetched; "
            "paste the text or upload the file instead.",
            reason="not_public",
            received=f"{host}:{port}",
        )
    return str(ips[0]), port


def _addresses_of(host: str, port: int) -> list[Address]:
    # A literal never reaches the resolver: a machine without IPv6 would call [::1] unknown rather than private.
    with contextlib.suppress(ValueError):
        return [ipaddress.ip_address(host)]
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadAddress(
            f"The name {host} cannot be found. Check the spelling, or paste the text instead.",
            reason="name_not_found",
            received=host,
        ) from None
    return [ipaddress.ip_address(answer[4][0].split("%")[0]) for answer in answers]


def is_public(ip: Address, port: int) -> bool:
    """Whether ``ip`` is globally routed, also behind an IPv4-mapped or translated form, and the port a web port."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast and port in ALLOWED_PORTS.values()


def _get(url: Url, target: tuple[str, int], deadline: float, max_bytes: int) -> Fetched | str:
    """One request to one vetted address: the page, or the address it redirects to."""
    left = max(0.1, deadline - time.monotonic())
    connection = _connection(url, target, left)
    # A server that drips single bytes never trips a socket time-out: the watchdog ends the exchange as a whole.
    watchdog = threading.Timer(left, lambda: _hang_up(connected))
    watchdog.daemon = True
    connected: list[socket.socket] = []  # kept here: the connection forgets its socket once an answer begins
    try:
        connection.connect()
        connected.append(connection.sock)
        watchdog.start()
        connection.request("GET", url.request_uri, headers=_headers(url), preload_content=False)
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308) and response.headers.get("location"):
            return response.headers["location"]
        if response.status != 200:
            raise BadAddress(
                f"{url} answered {response.status}. Check that the page opens, or paste the text instead.",
                reason="page_answers",
                received=response.status,
            )
        body = _read(response, url, max_bytes)
        if time.monotonic() >= deadline:  # hung up on: what was read may be half a page
            raise TimeoutError
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        if time.monotonic() >= deadline:
            raise BadAddress(
                f"{url} took too long. Try again later, or paste the text instead.", reason="page_too_slow"
            ) from None
        raise BadAddress(
            f"{url} could not be fetched ({type(error).__name__}). Check that it opens, or paste the text instead.",
            reason="page_not_fetched",
        ) from None
    finally:
        watchdog.cancel()
        connection.close()
    return Fetched(str(url), response.headers.get("content-type", ""), body)


def _connection(url: Url, target: tuple[str, int], timeout: float) -> urllib3.connection.HTTPConnection:
    ip, port = target
    if url.scheme == "http":
        return urllib3.connection.HTTPConnection(ip, port, timeout=timeout)
    return urllib3.connection.HTTPSConnection(
        ip, port, timeout=timeout, server_hostname=url.host, assert_hostname=url.host, cert_reqs="CERT_REQUIRED"
    )


def _headers(url: Url) -> dict[str, str]:
    host = url.host if url.port is None else f"{url.host}:{url.port}"
    return {
        "Host": host,
        "User-Agent": "Qamtu (reads one page at an editor's request)",
        "Accept": "text/html,text/plain,application/pdf;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
    }


def _read(response: urllib3.HTTPResponse, url: Url, max_bytes: int) -> bytes:
    """The decoded body, counted as it is unpacked so that a small bomb never grows large."""
    parts, size = [], 0
    while chunk := response.read1(65536, decode_content=True):
        size += len(chunk)
        if size > max_bytes:
            raise BadAddress(
                f"{url} is larger than {max_bytes // (1024 * 1024)} MB. Upload only the part with the figures.",
                reason="page_too_large",
                most=max_bytes // (1024 * 1024),
            )
        parts.append(chunk)
    return b"".join(parts)


def _hang_up(connected: list[socket.socket]) -> None:
    for sock in connected:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
