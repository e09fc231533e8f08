"""Fetching web addresses: the one way to the network; errors say whether to try again."""

import time

import httpx

from flows.failures import Gone, Postponed, Unreachable
from flows.fetching.asking import MAX_BYTES, Fetched, Limits, Validators, ask
from flows.fetching.clients import Manners, open_client

__all__ = ["MAX_BYTES", "Fetched", "Limits", "Manners", "Validators", "fetch", "fetch_once", "open_client"]

_LONGEST_WAIT = 30.0


def fetch(url: str, *, client: httpx.Client, limits: Limits | None = None, known: Validators | None = None) -> Fetched:
    """Return what `url` gives, tried again while that may help; raises Unreachable or Gone.

    With what is `known` of an earlier answer the server may say that nothing has changed: status 304, no body.
    """
    limits = limits or Limits()
    for attempt in range(1, limits.attempts + 1):
        try:
            return fetch_once(url, client=client, limits=limits, known=known)
        except Unreachable as error:
            wait = error.retry_after or limits.pause * 2 ** (attempt - 1)
            # A server that wants to be left alone for longer is asked by a later run.
            if attempt == limits.attempts or isinstance(error, Postponed) or wait > _LONGEST_WAIT:
                raise
            time.sleep(wait)
    raise Gone("it was never tried: allow at least one attempt", url=url)


def fetch_once(url: str, *, client: httpx.Client, limits: Limits, known: Validators | None = None) -> Fetched:
    """Return what `url` gives at the first try; raises Unreachable or Gone."""
    return ask(url, client=client, limits=limits, known=known)
