"""How long do a million claims take to score, and with how much memory?

    python tests/benchmarks/scoring_scale.py [1000000]

Claims of a made-up world: every subject kind, with kind, polarity, modality, level, horizon and story, all scored
and due. Prints seconds for the plain estimates and for the differences from expectation: of the processor, which are
the clock's on a machine that does nothing else. Fails above 60 s or 4 GB.
"""

import resource
import sys
import time
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from claims.scoring.expectation import score_differences
from claims.scoring.records import score_subjects
from claims.vocabulary import Anonymity, Kind, Modality, Polarity

# How many subjects there are of each kind; sizes follow a power law.
SUBJECTS = {
    "claimant": 20_000,
    "descriptor": 2_000,
    "outlet": 500,
    "outlet and anonymity": 4_000,
    "anonymity": 8,
    "kind": 7,
}
SECONDS, GIGABYTES = 60.0, 4.0


def world(n: int) -> pd.DataFrame:
    """Return `n` claims with the column of every subject kind."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "kind": random.choice(list(Kind), n),
            "polarity": random.choice(list(Polarity), n),
            "modality": random.choice(list(Modality), n),
            "anonymity": random.choice(list(Anonymity), n),
            "horizon_days": random.integers(1, 400, n),
            "story_id": random.integers(0, n // 3, n),
            "value": random.choice([0.0, 0.5, 1.0], n, p=[0.4, 0.1, 0.5]),
        }
    )
    for kind, number in SUBJECTS.items():
        if kind not in frame.columns:
            frame[kind] = ((random.pareto(1.0, n) * number / 50).astype(np.int64) % number).astype(str)
    return frame


def main(n: int) -> int:
    """Print the times and return 1 where the time or the memory is above what is allowed."""
    frame, as_of, total = world(n), datetime(2026, 1, 1, tzinfo=UTC), 0.0
    print(f"{n} claims\n{'subjects':22}{'number':>8}{'plain, s':>10}{'expected, s':>13}")
    for kind in SUBJECTS:
        subjects = frame.assign(subject=frame[kind])
        start = time.process_time()
        plain = score_subjects(subjects, subject_kind=kind, as_of=as_of)
        middle = time.process_time()
        score_differences(subjects, subject_kind=kind, as_of=as_of)
        end = time.process_time()
        total += end - start
        print(f"{kind:22}{len(plain):>8}{middle - start:>10.1f}{end - middle:>13.1f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"together {total:.0f} s (at most {SECONDS:.0f}), {memory:.1f} GB (at most {GIGABYTES:.0f})")
    return int(total > SECONDS or memory > GIGABYTES)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
