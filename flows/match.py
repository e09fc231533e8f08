"""Match: which articles copy which, which claims are the same, and how claims group into stories and propositions."""

from claims.vocabulary import Stage
from flows.batches import Batch, Tell, silent
from flows.copying import find_new_copies
from flows.grouping import group_touched
from flows.matching import match_new
from flows.run_log import Counts, logged
from flows.settings import Clock, Settings

STAGE = Stage.MATCH


def match_all(settings: Settings, clock: Clock, *, batch: Batch | None = None, tell: Tell = silent) -> Counts:
    """Compare what is new with everything, group what it touches, and return the counts."""
    with logged(settings.home, STAGE) as counts:
        counts.update((batch or match_batch)(settings, clock))
        tell(STAGE, counts)
    return counts


def match_batch(settings: Settings, clock: Clock) -> Counts:
    """Find copies, compare the claims that are new, and group what that touches, each part written when it is done."""
    new_copies = find_new_copies(settings, clock)
    return {
        "copies": new_copies,
        "matches": match_new(settings, clock),
        "regrouped": group_touched(settings, clock),
    }


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("match")
