"""The fetcher against a real server on loopback, and against every way round its door that we know of."""

from __future__ import annotations

import gzip
import http.server
import ipaddress
import time
from urllib.parse import unquote

import pytest
from serving import in_a_thread

from geo.fetching import BadAddress, fetch, is_public, parse_address

PAGE = "<p>Ауыл газға қосылды</p>".encode()


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name, _, rest = unquote(self.path).strip("/").partition("/")
        if name == "hop":
            left = int(rest)
            self._send(302, b"", {"Location": f"/hop/{left - 1}" if left else "/page"})
        elif name == "away":
            self._send(302, b"", {"Location": "http://" + rest})
        elif name == "large":
            self._send(200, b"x" * 3_000_000)
        elif name == "bomb":
            self._send(200, gzip.compress(b"x" * 50_000_000), {"Content-Encoding": "gzip"})
        elif name == "drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        elif name == "page":
            self._send(200, PAGE, {"Content-Type": "text/html; charset=utf-8"})
        else:
            self._send(404, b"")

    def _send(self, status, body, headers=None):
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    with in_a_thread(server) as address:
        yield address, server.server_port


@pytest.fixture
def only_site(site):
    """A policy that opens the door to the test server alone; everything else keeps the real rule."""
    port = site[1]
    return lambda ip, p: (str(ip) == "127.0.0.1" and p == port) or is_public(ip, p)


def test_a_page_comes_back_with_its_type(site, only_site):
    got = fetch(f"{site[0]}/page", is_allowed=only_site)
    assert got.body == PAGE
    assert got.content_type.startswith("text/html")


def test_five_redirects_are_followed_and_six_are_not(site, only_site):
    assert fetch(f"{site[0]}/hop/4", is_allowed=only_site).url.endswith("/page")
    with pytest.raises(BadAddress, match="redirects more than 5"):
        fetch(f"{site[0]}/hop/5", is_allowed=only_site)


@pytest.mark.parametrize(
    "target",
    ["127.0.0.1:1/", "localhost/", "[::1]/", "169.254.169.254/latest", "10.0.0.1/", "192.168.1.1/", "0.0.0.0/"],
)
def test_a_redirect_to_a_private_address_is_refused(site, only_site, target):
    with pytest.raises(BadAddress, match="not a public web address"):
        fetch(f"{site[0]}/away/{target}", is_allowed=only_site)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://172.16.0.1/",
        "http://100.64.0.1/",
    ],
)
def test_private_addresses_in_any_spelling_are_refused(address):
    with pytest.raises(BadAddress):
        fetch(address)


@pytest.mark.parametrize("address", ["ftp://example.kz/", "file:///etc/passwd", "news", "http://", "http://a:b@c.kz/"])
def test_what_is_no_web_address_is_named(address):
    with pytest.raises(BadAddress, match=r"https://example\.kz/news/1"):
        parse_address(address)


@pytest.mark.parametrize("path", ["large", "bomb"])
def test_a_page_over_the_limit_is_dropped(site, only_site, path):
    with pytest.raises(BadAddress, match="larger than 1 MB"):
        fetch(f"{site[0]}/{path}", is_allowed=only_site, max_bytes=1024 * 1024)


def test_a_dripping_server_is_hung_up_on(site, only_site):
    with pytest.raises(BadAddress, match="too long"):
        fetch(f"{site[0]}/drip", is_allowed=only_site, max_seconds=0.5)


def test_a_missing_page_says_its_status(site, only_site):
    with pytest.raises(BadAddress, match="answered 404"):
        fetch(f"{site[0]}/nothing", is_allowed=only_site)


def test_only_web_ports_of_global_addresses_are_public():
    assert is_public(ipaddress.ip_address("8.8.8.8"), 443)
    assert not is_public(ipaddress.ip_address("8.8.8.8"), 22)
    assert not is_public(ipaddress.ip_address("2002:7f00:1::"), 80)
