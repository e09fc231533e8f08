"""The errors of fetching, classed by what to do next.

FetchError
  Unreachable    wait and try again: time-out, no connection, server error, too many requests
    Postponed    wait: it was not asked yet, since its host wants more time between two requests
  Gone           set aside: no such page, too large, not a web address
    Refused      set aside: we do not ask, as robots.txt or the guard forbids it
"""


class FetchError(Exception):
    """Base of what fetching raises on purpose; `url` is what was asked for, `status` what its server answered."""

    def __init__(self, message: str, *, url: str, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.url = url
        self.status = status


class Unreachable(FetchError):
    """The page may be there later; `retry_after` is how many seconds its server asked for."""

    def __init__(self, message: str, *, url: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, url=url, status=status)
        self.retry_after = retry_after


class Postponed(Unreachable):
    """The page was not asked for: its host is to be left alone for longer than a run waits."""


class Gone(FetchError):
    """The page will not come by trying again."""


class Refused(Gone):
    """The page is not asked for at all: it is not on the public web, or robots.txt forbids it."""
