"""After the first visit the network is not needed."""

import media
import chromium
from server import Starling
from studio import Studio


def test_works_without_the_server(playwright):
    server = Starling()
    with chromium.browser(playwright, media.babble()) as browser:
        page = browser.new_page()
        account = chromium.Account(page)
        Studio(page, server.address)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        server.stop()
        page.reload()
        studio = Studio(page, server.address).start()
        assert page.evaluate("crossOriginIsolated")
        page.keyboard.down("1")
        page.wait_for_timeout(700)
        page.keyboard.up("1")
        page.wait_for_function("() => starling.training.milliseconds !== null")
        assert studio.pads.count() == 3
        account.check()
