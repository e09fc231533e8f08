"""What becomes of an input that cannot be used: a row with the reason and the remedy."""

import logging

from claims.records import SetAside, key
from claims.vocabulary import Stage
from flows.settings import Clock

log = logging.getLogger(__name__)


def set_aside(stage: Stage, what: str, error: Exception, clock: Clock) -> SetAside:
    """Return the record that `what` could not be used because of `error`."""
    name = type(error).__name__
    message = " ".join(str(error).split())
    log.warning("%s sets aside %s: %s", stage, what, message)
    return SetAside(
        set_aside_id=key("set_aside", stage, what, name),
        stage=stage,
        what=what,
        error=name,
        message=message,
        recorded_at=clock.recorded_at,
    )
