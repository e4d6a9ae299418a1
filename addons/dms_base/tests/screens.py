from odoo.tests import HttpCase

DONE = "console.log('test successful')"


class ScreenCase(HttpCase):
    """One user looks at screens of the web client; a test sets him by ``look_as``."""

    @classmethod
    def look_as(cls, user):
        user.password = user.login
        cls.viewer = user

    def assertShows(self, path, selector, text):
        """Open ``path`` and wait until ``selector`` shows ``text``."""
        found = f"[...document.querySelectorAll({selector!r})]"
        shows = f"{found}.some((e) => (e.value || e.innerText).includes({text!r}))"
        login = self.viewer.login
        self.browser_js(f"/odoo/{path}", DONE, ready=shows, login=login)
