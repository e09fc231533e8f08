"""What becomes of an input that cannot be used: a row with the reason and the remedy."""

from claims.records import SetAside, key
from claims.vocabulary import Stage
from flows.settings import Clock


def set_aside(stage: Stage, what: str, error: Exception, clock: Clock) -> SetAside:
    """Return the record that `what` could not be used because of `error`."""
    name = type(error).__name__
    return SetAside(
        set_aside_id=key("set_aside", stage, what, name),
        stage=stage,
        what=what,
        error=name,
        message=" ".join(str(error).split()),
        recorded_at=clock.recorded_at,
    )
