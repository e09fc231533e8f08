"""The trained model's files, read once."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from claims.extraction.tagging.linking import Floats

FOLDER = Path(__file__).parent.parent / "model"
THREADS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Numbers that belong to one set of weights."""

    version: str
    anchor_logit: float
    """Words below it are not tried as cues."""
    keep: float
    """Relations with less confidence are dropped."""
    transitions: Floats
    weights: tuple[float, ...]
    """Logistic regression of being right on a link's evidence, its constant last."""

    def confidence(self, evidence: tuple[float, ...]) -> float:
        """The probability that a link with this evidence is right."""
        *slopes, constant = self.weights
        logit = constant + math.fsum(s * e for s, e in zip(slopes, evidence, strict=True))
        return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything needed to find relations."""

    tokenizer: Tokenizer
    encoder: ort.InferenceSession
    linker: ort.InferenceSession
    settings: Settings


def load(folder: Path) -> Model:
    """The model in a folder."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    raw: dict[str, Any] = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    raw["transitions"] = np.array(raw["transitions"], np.float32)
    raw["weights"] = tuple(raw["weights"])
    return Model(
        tokenizer=tokenizer,
        encoder=_session(folder / "encoder.onnx"),
        linker=_session(folder / "linker.onnx"),
        settings=Settings(**raw),
    )


@cache
def default() -> Model:
    """The model that ships with the package, read at first use."""
    return load(FOLDER)


def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = True
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
