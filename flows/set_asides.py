"""What becomes of an input that cannot be used: a row with the reason and the remedy."""

import logging

from claims.cleaning import harmless
from claims.records import SetAside, key
from claims.vocabulary import Stage
from flows.settings import Clock

log = logging.getLogger(__name__)


def set_aside(stage: Stage, what: str, error: Exception, clock: Clock) -> SetAside:
    """Return the record that `what` could not be used because of `error`."""
    name = type(error).__name__
    # A file's name, an address or what a parser says of a page may hold anything.
    what, message = harmless(what), harmless(" ".join(str(error).split()))
    record = SetAside(
        set_aside_id=key("set_aside", stage, what, name),
        stage=stage,
        what=what,
        error=name,
        message=message,
        recorded_at=clock.recorded_at,
    )
    say(record)
    return record


def say(record: SetAside) -> None:
    """Tell the log of an input that was set aside."""
    log.warning("%s sets aside %s: %s", record.stage, record.what, record.message)
