"""Scores of every checkpoint of a run on documents that were not trained on."""

from pathlib import Path
from tempfile import TemporaryDirectory

from claims.extraction.tagging import model_files
from claims.extraction.tagging.tagger import relations_above
from claims.extraction.training.corpus import load
from claims.extraction.training.scoring import as_json, load_scorer

SHOWN = ("cue_head", "content_exact", "content_relaxed", "source_relaxed", "triple_relaxed")


def progress(run: Path, base: Path, documents: Path, scorer_path: Path, keep: float = 0.4) -> None:
    """Prints one line of F1 for each checkpoint."""
    from claims.extraction.training.__main__ import write_model

    scorer = load_scorer(scorer_path)
    golds = list(load(documents))
    for checkpoint in sorted(run.glob("pass-*.pt")):
        with TemporaryDirectory() as folder:
            write_model(checkpoint, base / "tokenizer.json", Path(folder), checkpoint.stem)
            model = model_files.load(Path(folder))
        found = [{"attributions": as_json(relations_above(d["text"], model, keep))} for d in golds]
        result = scorer.score_docs(list(zip(golds, found, strict=True)))
        shown = "  ".join(f"{name} {result[name]['f1']:.4f}" for name in SHOWN)
        print(f"{checkpoint.stem}  {shown}", flush=True)
