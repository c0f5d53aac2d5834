"""What every test may ask for: the running program, a browser, and a page that may not fail in silence."""

import pytest
from playwright.sync_api import sync_playwright

import chromium
import media
from firefox import Firefox
from paths import STARLING
from server import Files, Starling
from sound_card import SoundCard
from webkit import WebKit


@pytest.fixture(scope="session")
def server():
    """The built program, serving the studio."""
    assert STARLING.exists(), f"{STARLING} is not built: run `make build`"
    server = Starling()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def files():
    """A plain host of web/ with the harness of the tests at /units/."""
    files = Files(isolated=True)
    yield files
    files.stop()


@pytest.fixture(scope="session")
def plain_files():
    """The same from a host that sends no isolation headers."""
    files = Files(isolated=False)
    yield files
    files.stop()


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium_browser(playwright):
    """A browser whose microphone never stops talking."""
    with chromium.browser(playwright, media.babble()) as browser:
        yield browser


@pytest.fixture(scope="session")
def sound_card():
    """Firefox and WebKit let no sound begin where there is nothing to play it on."""
    card = SoundCard()
    yield card
    card.stop()


@pytest.fixture(scope="session")
def firefox(sound_card):
    firefox = Firefox(sound_card.environment)
    yield firefox
    firefox.close()


@pytest.fixture(scope="session")
def webkit(sound_card):
    webkit = WebKit(sound_card.environment)
    yield webkit
    webkit.close()


@pytest.fixture
def context(chromium_browser):
    """A visitor who has never been here."""
    context = chromium_browser.new_context(permissions=["microphone"], service_workers="block")
    yield context
    context.close()


@pytest.fixture
def page(context):
    """An empty page. The test fails on any error the page reports."""
    page = context.new_page()
    account = page.account = chromium.Account(page)
    yield page
    account.check()
