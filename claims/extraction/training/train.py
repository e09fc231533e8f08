"""Fits the network to a corpus and writes a checkpoint after every pass."""

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from claims.extraction.tagging.linking import LEFT
from claims.extraction.training.base import load_base
from claims.extraction.training.batches import SPAN, Batch, Slice, collate, epoch
from claims.extraction.training.corpus import UNANNOTATED, Document, document, load
from claims.extraction.training.network import Network, crf_loss, forbidden
from claims.extraction.training.together import Together


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to train."""

    layers: int = 9
    passes: int = 7
    batch: int = 10
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.88  # of the rate, per layer downwards
    warmup: float = 0.06
    average: float = 0.997
    held_out: int = 40
    dropout: float = 0.1
    frozen: int = -1  # layers from below that stay as they are; -1: nothing does
    minutes: float = 0.0  # if given, the rate falls to nothing by then, whatever the passes
    seed: int = 1
    workers: int = 2


Item = TypeVar("Item")


def held_out(items: Sequence[Item], count: int, seed: int) -> list[Item]:
    """The items that are kept from training, for calibration; the rest is trained on."""
    chosen = _chosen(len(items), count, seed)
    return [x for i, x in enumerate(items) if i in chosen]


def trained_on(items: Sequence[Item], count: int, seed: int) -> list[Item]:
    """The items that are not held out."""
    chosen = _chosen(len(items), count, seed)
    return [x for i, x in enumerate(items) if i not in chosen]


def _chosen(total: int, count: int, seed: int) -> set[int]:
    return set(np.random.default_rng(seed).permutation(total)[:count].tolist())


def open_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer, with neither truncation nor padding."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read_corpus(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """The usable documents of a corpus file."""
    return [document(raw, tokenizer) for raw in load(path) if raw["doc_id"] not in UNANNOTATED]


def around(batch: Batch, where: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """For each (window, word): indices of the words around it, which exist, their paragraph."""
    rows, at = where[:, 0], where[:, 1]
    index = at[:, None] + torch.arange(SPAN) - LEFT
    count = batch.words.shape[1]
    safe = index.clamp(0, count - 1)
    paragraph = batch.paragraph[rows[:, None], safe]
    valid = (index >= 0) & (index < count) & (paragraph >= 0)
    home = batch.paragraph[rows, at]
    near = (paragraph - home[:, None]).clamp(-2, 2) + 2
    return safe, valid, near


def batch_loss(net: Network, batch: Batch, dtype: torch.dtype) -> tuple[Tensor, dict[str, float]]:
    """The joint loss of one batch, and its parts."""
    hidden = net.encode(batch.ids, batch.features, batch.mask, dtype)
    rows = torch.arange(len(hidden))[:, None]
    words = hidden[rows, batch.words]
    logits = net.anchors(words)
    weight = batch.word_mask.float()
    raw = F.binary_cross_entropy_with_logits(logits, batch.anchors, weight=weight, reduction="sum")
    gold = len(batch.gold)
    anchor_loss = raw / max(gold, 1)
    with torch.no_grad():
        score = logits.detach().masked_fill(~batch.word_mask | (batch.anchors > 0), -99)
        wrong = score.flatten().topk(min(max(gold, 4), score.numel())).indices
        wrong = wrong[score.flatten()[wrong] > -4.5]
        count = score.shape[1]
        where = torch.cat((batch.gold, torch.stack((wrong // count, wrong % count), 1)))
    if len(where) == 0:
        return anchor_loss, {"anchor": float(anchor_loss.detach())}
    safe, valid, near = around(batch, where)
    projected = F.linear(words, net.token.weight.to(dtype), net.token.bias.to(dtype))
    tokens = projected[where[:, :1], safe] * valid[..., None].to(dtype)
    cue = words[where[:, 0], where[:, 1]]
    cue = F.linear(cue, net.cue.weight.to(dtype), net.cue.bias.to(dtype))
    scores, verdict = net.link(tokens, cue, near)
    target = torch.zeros(len(where))
    target[:gold] = 1
    verify = F.binary_cross_entropy_with_logits(verdict, target, reduction="sum") / max(gold, 1)
    parts = {"anchor": float(anchor_loss.detach()), "verify": float(verify.detach())}
    total = anchor_loss + 0.5 * verify
    if gold:
        blank = torch.full_like(scores[:gold], -1e4)
        blank[..., 0] = 0
        fixed = torch.where(valid[:gold, :, None], scores[:gold], blank)
        nll = crf_loss(fixed, batch.labels, net.transitions + forbidden()).mean()
        parts["crf"] = float(nll.detach())
        total = total + 0.3 * nll
    return total, parts


def groups(net: Network, options: Options) -> list[dict[str, object]]:
    """Parameter groups with lower rates for lower layers."""
    depth = len(net.layers)
    out: list[dict[str, object]] = []
    base = [net.words, net.positions, net.states, net.norm]
    low = options.rate * options.decay ** (depth + 1)
    out.append({"params": [p for m in base for p in m.parameters()], "lr": low})
    for number, layer in enumerate(net.layers):
        rate = options.rate * options.decay ** (depth - 1 - number)
        out.append({"params": list(layer.parameters()), "lr": rate})
    used = {id(p) for g in out for p in g["params"]}  # type: ignore[attr-defined]
    rest = [p for p in net.parameters() if id(p) not in used]
    out.append({"params": rest, "lr": options.head_rate})
    for group in out:
        group["params"] = [p for p in group["params"] if p.requires_grad]  # type: ignore[attr-defined]
    return [group for group in out if group["params"]]


def freeze(net: Network, layers: int) -> None:
    """Keeps the embeddings and so many of the lowest layers from changing."""
    if layers < 0:
        return
    still = [net.words, net.positions, *net.blocks()[:layers]]
    for p in [p for module in still for p in module.parameters()]:
        p.requires_grad_(False)


def train(
    net: Network,
    documents: Sequence[Document],
    out: Path,
    options: Options,
    report: Callable[[str], None] = print,
) -> None:
    """Fits the network in place; writes `out/pass-N.pt` with the averaged weights."""
    torch.set_num_threads(1)
    freeze(net, options.frozen)
    out.mkdir(parents=True, exist_ok=True)
    (out / "options.json").write_text(json.dumps(asdict(options)))
    together = Together(net, options.workers)
    together.run(lambda rank: _work(net, documents, out, options, together, rank, report))


def _work(
    net: Network,
    documents: Sequence[Document],
    out: Path,
    options: Options,
    together: Together,
    rank: int,
    report: Callable[[str], None],
) -> None:
    torch.manual_seed(options.seed + 1000 * rank)
    rng = np.random.default_rng(options.seed)
    optimiser = torch.optim.AdamW(groups(net, options), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    peaks = [g["lr"] for g in optimiser.param_groups]
    first = epoch(documents, np.random.default_rng(0), options.batch, lambda parts: None)
    total = sum(1 for _ in first) * options.passes
    averaged = {k: v.detach().clone() for k, v in net.state_dict().items()}
    flat = together.prepare(net)
    share = partial(_share, rank=rank, workers=options.workers)
    step, began, done = 0, time.time(), 0.0
    for number in range(1, options.passes + 1):
        net.train()
        for batch in epoch(documents, rng, options.batch, share):
            step += 1
            loss, parts = batch_loss(net, batch, torch.bfloat16)
            flat.zero_()
            loss.backward()  # type: ignore[no-untyped-call]
            spent = (time.time() - began) / 60 / options.minutes if options.minutes else 0.0
            done = together.mean(flat, rank, max(spent, step / total))
            flat.mul_(min(1.0, 2.0 / (float(flat.norm()) + 1e-6)))
            factor = min(1.0, done / options.warmup) * (0.505 + 0.495 * math.cos(math.pi * done))
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * factor
            optimiser.step()
            if rank == 0 and step % 4 == 0:
                keep = min(options.average, step / (step + 40)) ** 4
                with torch.no_grad():
                    for name, value in net.state_dict().items():
                        averaged[name].lerp_(value, 1 - keep)
            if rank == 0 and step % 25 == 0:
                shown = " ".join(f"{k} {v:.3f}" for k, v in parts.items())
                report(f"pass {number} step {step}/{total} {time.time() - began:.0f}s {shown}")
            if done >= 1:
                break
        if rank == 0:
            torch.save({"model": averaged, "options": asdict(options)}, out / f"pass-{number}.pt")
            report(f"pass {number} written after {time.time() - began:.0f}s")
        if done >= 1:
            return


def _share(parts: Sequence[Slice], rank: int, workers: int) -> Batch:
    return collate(parts[rank::workers] or parts[:1])


def start(corpus: Path, base: Path, out: Path, options: Options, checkpoint: Path | None = None) -> None:
    """Reads the corpus and trains from a base encoder's weights, or goes on from a checkpoint."""
    tokenizer = open_tokenizer(base / "tokenizer.json")
    torch.manual_seed(options.seed)
    documents = trained_on(read_corpus(corpus, tokenizer), options.held_out, options.seed)
    net = Network(options.layers, dropout=options.dropout)
    if checkpoint is None:
        load_base(net, base)
    else:
        saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
        net.load_state_dict(saved["model"])
    train(net, documents, out, options, lambda line: print(line, flush=True))
