"""robots.txt is obeyed and each host left its time, by many threads and after a restart."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Barrier

import httpx
import pytest
from sites import LOOPBACK, Site, serving

from flows.failures import FetchError, Postponed, Refused, Unreachable
from flows.fetching import politeness
from flows.fetching.clients import Manners, open_client
from flows.fetching.politeness import Hosts
from flows.pages import Limits, fetch

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
ONE = Limits(attempts=1, seconds=10.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        for path in ("/news/1", "/news/2", "/private/1", "/private/open"):
            opened.says(path, "<p>news</p>")
        yield opened


def gets(site: Site, path: str, manners: Manners = LOOPBACK) -> bool:
    """Return whether a new client gets a page."""
    with open_client(manners) as client:
        try:
            return fetch(site.address + path, client=client, limits=ONE).status == 200
        except FetchError:
            return False


RULES = """
User-agent: *
Disallow: /

User-agent: onrecord
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
"""


def test_what_robots_txt_forbids_is_not_asked_for(site: Site) -> None:
    site.says("/robots.txt", RULES)
    site.says("/a.pdf", "x")
    got = {path: gets(site, path) for path in ("/news/1", "/private/1", "/private/open", "/a.pdf")}
    assert got == {"/news/1": True, "/private/1": False, "/private/open": True, "/a.pdf": False}
    assert site.asked() == ["/news/1", "/private/open"]


def test_a_redirect_does_not_lead_around_robots_txt(site: Site) -> None:
    site.says("/robots.txt", RULES)
    site.says("/moved", status=302, Location="/private/1")
    with open_client(LOOPBACK) as client, pytest.raises(Refused, match=r"robots\.txt"):
        fetch(f"{site.address}/moved", client=client, limits=ONE)
    assert site.asked() == ["/moved"]


@pytest.mark.parametrize(
    ("status", "is_allowed"), [(404, True), (403, True), (410, True), (500, False), (503, False), (521, False)]
)
def test_without_rules_all_is_allowed_but_not_while_they_cannot_be_read(
    site: Site, status: int, is_allowed: bool
) -> None:
    site.says("/robots.txt", "", status)
    assert gets(site, "/news/1") is is_allowed
    assert site.asked() == (["/news/1"] if is_allowed else [])


def test_rules_in_a_packing_that_nobody_asked_for_are_rules(site: Site) -> None:
    site.says("/robots.txt", b"\x0b\x02\x80", 200, Content_Encoding="br")
    site.says("/page", "text")
    assert not gets(site, "/page")


def test_rules_are_asked_for_once_a_day_and_kept_over_a_restart(site: Site, tmp_path: Path) -> None:
    site.says("/robots.txt", RULES)
    manners = replace(LOOPBACK, home=tmp_path, now=NOW)
    assert [gets(site, "/private/1", manners), gets(site, "/news/1", manners)] == [False, True]
    site.says("/robots.txt", "User-agent: *\nDisallow: /news/")
    later = replace(manners, now=NOW + timedelta(hours=23))
    assert [gets(site, "/private/1", later), gets(site, "/news/1", later)] == [False, True]
    assert site.asked(robots=True).count("/robots.txt") == 1
    next_day = replace(manners, now=NOW + timedelta(hours=25))
    assert [gets(site, "/private/1", next_day), gets(site, "/news/1", next_day)] == [True, False]
    assert site.asked(robots=True).count("/robots.txt") == 2


def test_old_rules_hold_for_a_week_while_new_ones_cannot_be_read(site: Site, tmp_path: Path) -> None:
    site.says("/robots.txt", RULES)
    manners = replace(LOOPBACK, home=tmp_path, now=NOW)
    assert gets(site, "/news/1", manners)
    site.says("/robots.txt", "", 503)
    assert gets(site, "/news/1", replace(manners, now=NOW + timedelta(days=3)))
    assert not gets(site, "/private/1", replace(manners, now=NOW + timedelta(days=3)))
    assert not gets(site, "/news/1", replace(manners, now=NOW + timedelta(days=8)))


def test_damaged_memory_of_rules_is_asked_for_again(site: Site, tmp_path: Path) -> None:
    site.says("/robots.txt", RULES)
    manners = replace(LOOPBACK, home=tmp_path, now=NOW)
    assert gets(site, "/news/1", manners)
    for kept in (tmp_path / "robots").iterdir():
        kept.write_text("{half", encoding="utf-8")
    assert not gets(site, "/private/1", manners)


@pytest.mark.parametrize(
    "rules",
    ["\ufeff" + RULES, RULES.replace("\n", "\r\n"), RULES + "Disallow: /" + "*a" * 50_000, RULES + "x" * 1_000_000,
     RULES + "\0\x1b[2J\nCrawl-delay: -1\nCrawl-delay: nan\nRequest-rate: 0/0\n"],
)  # fmt: skip
def test_odd_rules_are_read_as_far_as_they_go(site: Site, rules: str) -> None:
    site.says("/robots.txt", rules)
    assert [gets(site, "/news/1"), gets(site, "/private/1")] == [True, False]


class Waits:
    """Stands in for the clock and for waiting: nothing takes time, and how long was waited is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, hosts: Hosts, *, start: float = 1_000.0) -> None:
        self.now = start
        self.waited: list[float] = []
        monkeypatch.setattr(politeness.time, "time", lambda: self.now)
        monkeypatch.setattr(hosts, "_closed", self)

    def wait(self, seconds: float) -> bool:
        self.waited.append(round(seconds, 3))
        self.now += seconds
        return False


def test_requests_to_a_host_keep_their_distance_and_other_hosts_do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = Hosts(interval=5.0, at_once=2)
    waits = Waits(monkeypatch, hosts)
    for host in ("a", "a", "b", "a"):
        hosts.enter(host)()
    assert waits.waited == [0.0, 5.0, 0.0, 5.0]


def test_the_longer_of_our_interval_and_the_hosts_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = Hosts(interval=5.0, at_once=2)
    waits = Waits(monkeypatch, hosts)
    for asked in (30.0, 0.5, None):
        hosts.enter("a", interval=asked)()
    assert waits.waited == [0.0, 30.0, 5.0]


@pytest.mark.parametrize("asked", [200_000.0, float("inf")])
def test_a_host_that_wants_days_between_requests_gets_one_a_day(monkeypatch: pytest.MonkeyPatch, asked: float) -> None:
    hosts = Hosts(interval=5.0, at_once=2)
    waits = Waits(monkeypatch, hosts)
    hosts.enter("a", interval=asked)()
    with pytest.raises(Postponed):
        hosts.enter("a", interval=asked)
    waits.now += 86_400.0
    hosts.enter("a", interval=asked)()
    assert waits.waited == [0.0, 0.0]


def test_a_host_that_wants_more_time_than_a_run_has_is_left_for_a_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = Hosts(interval=5.0, at_once=1)
    waits = Waits(monkeypatch, hosts)
    hosts.rest("a", 3_600.0)
    with pytest.raises(Postponed) as caught:
        hosts.enter("a")
    assert caught.value.retry_after == 3_600.0
    waits.now += 3_500.0
    hosts.enter("a")()
    assert waits.waited == [100.0]


def test_a_host_keeps_its_time_over_a_restart_but_not_over_a_clock_that_was_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Hosts(interval=20.0, at_once=1, folder=tmp_path)
    Waits(monkeypatch, first)
    first.enter("a")()
    second = Hosts(interval=20.0, at_once=1, folder=tmp_path)
    waits = Waits(monkeypatch, second, start=1_004.0)
    second.enter("a")()
    assert waits.waited == [16.0]
    third = Hosts(interval=20.0, at_once=1, folder=tmp_path)
    waits = Waits(monkeypatch, third, start=1_004.0 - 400 * 86_400)
    third.enter("a")()
    assert waits.waited == [0.0]


def test_two_processes_share_the_time_of_a_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (Hosts(interval=10.0, at_once=1, folder=tmp_path) for _ in range(2))
    waits = Waits(monkeypatch, first)
    monkeypatch.setattr(second, "_closed", waits)
    for hosts in (first, second, first, second):
        hosts.enter("a")()
    assert waits.waited == [0.0, 10.0, 10.0, 10.0]


def test_crawl_delay_and_request_rate_reach_the_limiter(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float | None] = []
    enter = Hosts.enter

    def noted(self: Hosts, host: str, *, interval: float | None = None) -> object:
        asked.append(interval)
        return enter(self, host)

    monkeypatch.setattr(Hosts, "enter", noted)
    for rules, delay in (("Crawl-delay: 2.5", 2.5), ("Request-rate: 1/10", 10.0), ("", None)):
        site.says("/robots.txt", f"User-agent: *\n{rules}\n")
        asked.clear()
        assert gets(site, "/news/1")
        assert asked == [None, delay]


def test_no_more_than_two_at_a_time_ask_one_host(site: Site) -> None:
    together = Barrier(2, timeout=10.0)

    def meet(handler: BaseHTTPRequestHandler) -> None:
        together.wait()
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

    addresses = [site.does(f"/meet/{number}", meet) for number in range(6)]
    with open_client(LOOPBACK) as client, ThreadPoolExecutor(6) as pool:
        fetched = list(pool.map(lambda url: fetch(url, client=client, limits=ONE), addresses))
    assert [page.url for page in fetched] == addresses
    assert site.most_at_once == 2


def test_a_busy_host_is_left_alone_by_all_of_a_run(site: Site) -> None:
    site.says("/busy", status=429, Retry_After="3600")
    with open_client(LOOPBACK) as client:
        with pytest.raises(Unreachable):
            fetch(f"{site.address}/busy", client=client, limits=ONE)
        with pytest.raises(Postponed):
            fetch(f"{site.address}/news/1", client=client, limits=ONE)
    assert site.asked() == ["/busy"]


def test_whoever_waits_stops_when_the_client_is_closed(site: Site) -> None:
    client: httpx.Client = open_client(replace(LOOPBACK, interval=200.0))
    site.says("/robots.txt", "", 404)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(fetch, f"{site.address}/news/1", client=client, limits=ONE)
        client.close()
        with pytest.raises((FetchError, RuntimeError)):
            waiting.result(timeout=30)
