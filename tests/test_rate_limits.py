"""Buckets refill evenly, are shared by processes, and keep nothing personal."""

import multiprocessing
import sqlite3

import pytest

from geo.errors import StoreError, TooMany
from webapp.rate_limits import LIMITS, RateLimits, network_of


@pytest.fixture
def clock():
    class Clock:
        now = 1_000_000.0

        def __call__(self):
            return self.now

    return Clock()


@pytest.fixture
def limits(tmp_path, clock):
    return RateLimits(tmp_path / "cache" / "rates.sqlite3", b"key", clock)


def spent(limits, kind, caller, times=1000):
    """How many tokens can be had at once."""
    for count in range(times):
        try:
            limits.spend(kind, caller)
        except TooMany:
            return count
    return times


@pytest.mark.parametrize("kind", LIMITS)
def test_a_caller_has_a_burst_and_then_as_many_again_over_time(limits, clock, kind):
    limit = LIMITS[kind]
    assert spent(limits, kind, "192.0.2.1") == limit.burst
    with pytest.raises(TooMany) as refused:
        limits.spend(kind, "192.0.2.1")
    assert 1 <= refused.value.details["retry_after"] <= limit.seconds / limit.burst + 1
    clock.now += limit.seconds / limit.burst + 0.01
    assert spent(limits, kind, "192.0.2.1") == 1
    clock.now += 100 * limit.seconds
    assert spent(limits, kind, "192.0.2.1") == limit.burst


def test_others_are_not_held_up_until_all_together_are_too_many(limits):
    assert spent(limits, "sign-in", "192.0.2.1") == 5
    assert spent(limits, "sign-in", "192.0.2.2") == 5
    callers = (f"192.0.{high}.{low}" for high in range(3, 9) for low in range(5))
    total = 10 + 2 + sum(spent(limits, "sign-in", caller) for caller in callers)  # two tokens went with the refusals
    assert total <= LIMITS["sign-in"].everyone


def test_a_whole_ipv6_network_is_one_caller(limits):
    assert network_of("2001:db8:1:2::5") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::5")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1")
    assert network_of("") == ""
    assert spent(limits, "report", "2001:db8::1") == 5
    with pytest.raises(TooMany):
        limits.spend("report", "2001:db8::2")


def spend_many(path, queue):
    queue.put(spent(RateLimits(path, b"key"), "sign-in", "192.0.2.7", 20))


def test_processes_share_the_count(tmp_path):
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    workers = [context.Process(target=spend_many, args=(tmp_path / "rates.sqlite3", queue)) for _ in range(4)]
    for worker in workers:
        worker.start()
    total = sum(queue.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join(60)
    assert total <= LIMITS["sign-in"].burst + 1  # a token may have come back meanwhile


def test_no_address_is_written_down(limits):
    limits.spend("sign-in", "192.0.2.99")
    content = limits.path.read_bytes()
    assert b"192.0.2.99" not in content
    rows = sqlite3.connect(limits.path).execute("SELECT name FROM buckets").fetchall()
    assert len(rows) == 2


def test_buckets_that_nobody_uses_are_forgotten(limits, clock):
    limits.spend("sign-in", "192.0.2.1")
    clock.now += 2 * 86_400
    limits.spend("report", "192.0.2.2")
    names = [name for (name,) in sqlite3.connect(limits.path).execute("SELECT name FROM buckets")]
    assert not any(name.startswith("sign-in") for name in names)


def test_where_the_count_cannot_be_kept_nothing_is_let_through(tmp_path):
    path = tmp_path / "rates.sqlite3"
    path.write_bytes(b"this is no database, whatever its name says" * 40)
    with pytest.raises(StoreError):
        RateLimits(path, b"key").spend("sign-in", "192.0.2.1")
