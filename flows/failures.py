"""The errors of fetching, classed by what to do next.

FetchError
  Unreachable    wait and try again: time-out, no connection, server error, too many requests
  Gone           set aside: no such page, refused, too large, not a web address
"""


class FetchError(Exception):
    """Base of what fetching raises on purpose; `url` is what was asked for."""

    def __init__(self, message: str, *, url: str) -> None:
        super().__init__(message)
        self.message = message
        self.url = url


class Unreachable(FetchError):
    """The page may be there later; `retry_after` is how many seconds its server asked for."""

    def __init__(self, message: str, *, url: str, retry_after: float | None = None) -> None:
        super().__init__(message, url=url)
        self.retry_after = retry_after


class Gone(FetchError):
    """The page will not come by trying again."""
