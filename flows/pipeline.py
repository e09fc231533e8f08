"""The six stages in order; each also runs alone. `python -m flows.pipeline` runs them as one Prefect flow."""

from collections.abc import Sequence

from claims.vocabulary import Stage
from flows.batches import Tell, silent
from flows.run_log import Counts
from flows.settings import Clock, Settings


def run_stage(
    stage: str, settings: Settings, clock: Clock, inputs: Sequence[str] = (), *, tell: Tell = silent
) -> Counts:
    """Run one stage as plain functions, with no server, and return its counts."""
    # Each stage loads only what it needs: publishing waits for no extractor.
    match Stage(stage):
        case Stage.INGEST:
            from flows.ingest import ingest_inputs

            return ingest_inputs(settings, clock, inputs, tell=tell)
        case Stage.EXTRACT:
            from flows.extract import extract_articles

            return extract_articles(settings, clock, tell=tell)
        case Stage.MATCH:
            from flows.match import match_all

            return match_all(settings, clock, tell=tell)
        case Stage.RESOLVE:
            from flows.resolve import resolve_claims

            return resolve_claims(settings, clock, tell=tell)
        case Stage.SCORE:
            from flows.score import score_all

            return score_all(settings, clock, tell=tell)
        case Stage.PUBLISH:
            from flows.publish import publish_all

            return publish_all(settings, clock, tell=tell)


def run_pipeline(
    settings: Settings, clock: Clock, inputs: Sequence[str] = (), *, tell: Tell = silent
) -> dict[str, Counts]:
    """Run all stages in order as plain functions, with no server, and return the counts of each."""
    return {stage.value: run_stage(stage, settings, clock, inputs, tell=tell) for stage in Stage}


if __name__ == "__main__":
    from flows.scripts import run_script

    run_script("pipeline")
