"""The review page in a real browser, by keys and at the width of a phone; skipped where no Chromium is installed."""

import shutil
import subprocess
import threading
import time

import httpx
import pytest
from builders import day

from flows.desk import Reviewer
from flows.review_web.server import open_room
from flows.settings import Clock, load_settings
from warehouse.connect import open_warehouse
from warehouse.read import resolutions_of

DRIVER = shutil.which("chromedriver")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (DRIVER and BROWSER), reason="no Chromium with chromedriver here: apt-get install chromium chromium-driver"
    ),
]


class Browser:
    """A Chromium, spoken to by the WebDriver protocol."""

    def __init__(self, driver, width):
        options = {"binary": BROWSER, "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"]}
        if width < 600:
            metrics = {"width": width, "height": 844, "pixelRatio": 2.0, "touch": True}
            options["mobileEmulation"] = {"deviceMetrics": metrics}
        else:
            options["args"].append(f"--window-size={width},900")
        self.driver = httpx.Client(base_url=driver, timeout=60)
        wanted = {
            "capabilities": {"alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}
        }
        self.session = "/session/" + self._ask("POST", "/session", wanted)["sessionId"]

    def _ask(self, method, path, payload=None):
        answer = self.driver.request(method, path, json=payload)
        answer.raise_for_status()
        return answer.json()["value"]

    def go(self, url):
        self._ask("POST", f"{self.session}/url", {"url": url})

    def run(self, script):
        return self._ask("POST", f"{self.session}/execute/sync", {"script": script, "args": []})

    def press(self, key):
        page = self.run("window.stale = true; return document.title")
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self._ask("POST", f"{self.session}/actions", {"actions": [{"type": "key", "id": "k", "actions": actions}]})
        return page

    def wait_for(self, condition):
        # A page that is being left answers nothing: what counts is the page that comes.
        for _ in range(200):
            answer = self.driver.post(
                f"{self.session}/execute/sync", json={"script": f"return {condition}", "args": []}
            )
            if answer.is_success and answer.json()["value"]:
                return
            time.sleep(0.05)
        raise AssertionError(condition)

    def complaints(self):
        return [entry["message"] for entry in self._ask("POST", f"{self.session}/se/log", {"type": "browser"})]

    def close(self):
        self._ask("DELETE", self.session)
        self.driver.close()


@pytest.fixture
def driver():
    with subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, text=True) as process:
        line = next(line for line in process.stdout if "successfully" in line)
        yield f"http://127.0.0.1:{line.rstrip('. ' + chr(10)).split()[-1]}"
        process.terminate()


@pytest.fixture
def room(small_warehouse):
    settings = load_settings(warehouse=small_warehouse)
    clock = Clock(as_of=day(60), recorded_at=day(60), is_replay=True)
    room, server = open_room(Reviewer(settings=settings, clock=clock, name="Ada"), 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield room
    server.shutdown()
    thread.join()
    server.server_close()


def outcomes(room):
    with open_warehouse(room.reviewer.settings.warehouse) as con:
        return [row["outcome"] for row in resolutions_of(con, "a-c") if row["resolved_by_kind"] == "person"]


def test_keys_decide_and_undo_and_letters_of_a_note_do_not(driver, room):
    browser = Browser(driver, 1280)
    browser.go(room.address)
    assert browser.run("return document.title").startswith("Claim 1 of 2")
    browser.press("i")
    for letter in "fair":
        browser.press(letter)
    assert browser.run("return document.getElementById('note').value") == "fair"
    browser.press("\ue00c")  # Escape leaves the note
    browser.press("f")
    browser.wait_for("!window.stale && document.querySelector('.banner')")
    assert "It was said by" in browser.run("return document.querySelector('.banner').innerText")
    assert outcomes(room) == ["failed"]
    browser.press("b")
    browser.wait_for("!window.stale && document.title.startsWith('Claim 1')")
    assert outcomes(room) == ["failed", None]
    assert browser.complaints() == []
    browser.close()


def test_a_phone_shows_all_of_it_without_scrolling_sideways(driver, room):
    browser = Browser(driver, 390)
    browser.go(room.address)
    assert browser.run("return document.documentElement.scrollWidth <= window.innerWidth")
    heights = browser.run(
        "return [...document.querySelectorAll('.decide button')].map(b => b.offsetHeight).filter(h => h)"
    )
    assert len(heights) >= 6
    assert min(heights) >= 44
    assert browser.complaints() == []
    browser.close()


def test_words_stand_out_from_what_is_behind_them(driver, room):
    browser = Browser(driver, 1280)
    browser.go(room.address)
    worst = browser.run(
        """
        const channel = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
        const light = rgb => 0.2126 * channel(rgb[0]) + 0.7152 * channel(rgb[1]) + 0.0722 * channel(rgb[2]);
        const parse = text => text.match(/[\\d.]+/g).map(Number);
        const behind = node => {
            for (; node; node = node.parentElement) {
                const found = parse(getComputedStyle(node).backgroundColor);
                if (found.length < 4 || found[3] > 0) return found;
            }
            return [255, 255, 255];
        };
        const ratios = [...document.querySelectorAll('body *')]
            .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
            .map(node => [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a))
            .map(([more, less]) => (more + 0.05) / (less + 0.05));
        return Math.min(...ratios);
        """
    )
    # WCAG 2.2, level AA.
    assert worst >= 4.5
    browser.close()
