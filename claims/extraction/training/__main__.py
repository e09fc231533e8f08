"""Training commands: `train`, `export`, `calibrate`, `card`; each step can be repeated alone.

python -m claims.extraction.training train CORPUS.jsonl --out RUN --seed 1
python -m claims.extraction.training export RUN/pass-7.pt --out MODEL
python -m claims.extraction.training calibrate CORPUS.jsonl --model MODEL --scorer score.py --seed 1
python -m claims.extraction.training card MODEL RUN RESULTS.md
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch

from claims.extraction.tagging import model_files
from claims.extraction.tagging.linking import LEFT, RIGHT
from claims.extraction.training.base import installed
from claims.extraction.training.calibrate import fit, write
from claims.extraction.training.card import card
from claims.extraction.training.corpus import UNANNOTATED, load
from claims.extraction.training.export import export, restore
from claims.extraction.training.network import forbidden
from claims.extraction.training.scoring import load_scorer
from claims.extraction.training.train import Options, held_out, start

ANCHOR_LOGIT = -1.25  # a word is tried as a cue from a probability of 0.22; the linker hardly ever keeps one below


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="training", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    fitting = commands.add_parser("train", help="fit the network to a corpus")
    fitting.add_argument("corpus", type=Path)
    fitting.add_argument("--dev", type=Path, help="score every pass on these documents")
    fitting.add_argument("--scorer", type=Path, help="score.py, needed with --dev")
    fitting.add_argument("--base", type=Path, help="folder of the base encoder")
    fitting.add_argument("--out", type=Path, required=True)
    fitting.add_argument("--seed", type=int, default=1)
    fitting.add_argument("--layers", type=int, default=Options().layers)
    fitting.add_argument("--passes", type=int, default=Options().passes)
    fitting.add_argument("--workers", type=int, default=Options().workers)
    fitting.add_argument("--minutes", type=float, default=0.0, help="end by then; not repeatable")
    fitting.add_argument("--frozen", type=int, default=-1, help="lowest layers that stay fixed")
    fitting.add_argument("--average", type=float, default=Options().average)
    fitting.add_argument("--warmup", type=float, default=Options().warmup)
    fitting.add_argument("--from", type=Path, dest="checkpoint", help="go on from a checkpoint")
    making = commands.add_parser("export", help="write a checkpoint as int8 ONNX")
    making.add_argument("checkpoint", type=Path)
    making.add_argument("--base", type=Path, help="folder of the base encoder's tokenizer")
    making.add_argument("--version", default="1")
    making.add_argument("--out", type=Path, required=True)
    fixing = commands.add_parser("calibrate", help="fit confidence on the held-out documents")
    fixing.add_argument("corpus", type=Path)
    fixing.add_argument("--model", type=Path, required=True)
    fixing.add_argument("--scorer", type=Path, required=True)
    fixing.add_argument("--seed", type=int, default=1)
    telling = commands.add_parser("card", help="write the model card")
    telling.add_argument("model", type=Path)
    telling.add_argument("run", type=Path)
    telling.add_argument("results", type=Path, help="text to quote under Results")
    return top


def write_model(checkpoint: Path, tokenizer: Path, out: Path, version: str) -> None:
    """Writes a checkpoint as a model folder that the tagger can load."""
    out.mkdir(parents=True, exist_ok=True)
    net = restore(checkpoint)
    export(net, out)
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    with torch.no_grad():
        transitions = (net.transitions + forbidden()).numpy().round(4).tolist()
    settings = {
        "version": version,
        "anchor_logit": ANCHOR_LOGIT,
        "keep": 0.36,
        "transitions": transitions,
        "weights": [0.35, 0.5, 0.25, 0.0, 0.0],
    }
    text = json.dumps(settings, indent=1) + "\n"
    (out / "settings.json").write_text(text, encoding="utf-8")


def _calibrate(corpus: Path, folder: Path, scorer: Path, seed: int) -> str:
    usable = [d for d in load(corpus) if d["doc_id"] not in UNANNOTATED]
    documents = held_out(usable, Options().held_out, seed)
    fitted = fit(documents, model_files.load(folder), load_scorer(scorer))
    write(fitted, folder)
    return f"keep {fitted.keep}  weights {fitted.weights}  triple F1 there {fitted.triple:.4f}"


def _card(folder: Path, run: Path, results: Path) -> None:
    options = json.loads((run / "options.json").read_text(encoding="utf-8"))
    facts = {
        "version": model_files.load(folder).settings.version,
        "layers": options["layers"],
        "documents": options.get("documents", "798"),
        "held_out": options["held_out"],
        "options": json.dumps(options),
        "results": results.read_text(encoding="utf-8").strip(),
        "left": LEFT,
        "right": RIGHT,
    }
    (folder / "MODEL_CARD.md").write_text(card(facts), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command."""
    given = parser().parse_args(arguments)
    if given.command == "train":
        options = Options(
            layers=given.layers,
            passes=given.passes,
            workers=given.workers,
            minutes=given.minutes,
            frozen=given.frozen,
            average=given.average,
            warmup=given.warmup,
            seed=given.seed,
        )
        start(given.corpus, given.base or installed(), given.out, options, given.checkpoint)
        if given.dev:
            from claims.extraction.training.progress import progress

            progress(given.out, given.base or installed(), given.dev, given.scorer)
    elif given.command == "export":
        tokenizer = (given.base or installed()) / "tokenizer.json"
        write_model(given.checkpoint, tokenizer, given.out, given.version)
    elif given.command == "calibrate":
        print(_calibrate(given.corpus, given.model, given.scorer, given.seed))
    else:
        _card(given.model, given.run, given.results)


if __name__ == "__main__":
    main()
