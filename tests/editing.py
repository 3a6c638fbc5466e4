"""A browser for tests of the editor: it keeps cookies and sends the forms of the pages it was shown."""

from __future__ import annotations

import re
import time

TOKEN = "a-token-of-the-tests-0123456789"


class Browser:
    """A test client that carries each page's form token."""

    def __init__(self, app):
        self.client = app.test_client()
        self.page = self.token = ""

    def get(self, path, **more):
        """Opens a page; its text is in ``page``."""
        answer = self.client.get(path, **more)
        self.page = answer.get_data(as_text=True)
        if found := re.search(r'name="form_token" value="(\w+)"', self.page):
            self.token = found[1]
        return answer

    def post(self, path, *, json=False, **fields):
        """Sends a form with the token of the last form seen."""
        headers = {"Accept": "application/json"} if json else {}
        data = {"form_token": self.token, **fields}
        return self.client.post(path, data=data, headers=headers, content_type="multipart/form-data")

    def sign_in(self, token=TOKEN, name="Айгүл"):
        """As an editor."""
        self.get("/editor/sign-in")
        answer = self.post("/editor/sign-in", token=token, name=name)
        self.get("/editor")
        return answer

    def wait_for(self, address, seconds=120):
        """The last page of a job, its redirects followed."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            answer = self.get(address)
            if "Refresh" not in answer.headers:
                return answer
            time.sleep(0.2)
        raise AssertionError(f"{address} is not over after {seconds} seconds: {self.page[-500:]}")
