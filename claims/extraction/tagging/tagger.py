"""Attribution relations of a text, found in one pass of a small encoder over its windows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.relations import Relation
from claims.extraction.tagging.linking import Floats, Link, Words, around, best_labels, link, stretched
from claims.extraction.tagging.model_files import Model, default
from claims.extraction.tagging.pieces import Ints, Pieces, read
from claims.extraction.tagging.windows import Window, window_input, windows
from claims.records import Span
from claims.vocabulary import Quotation

BATCH = 96  # cues decoded together


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The linker's reading of the surroundings of several possible cues."""

    anchors: Ints
    windows: list[Window]
    scores: Floats
    anchor_logits: Floats
    verdicts: Floats


def tagged_relations(text: str, above: float | None = None) -> tuple[Relation, ...]:
    """Return the attribution relations of a text, in the order of their cues, from a confidence of `above` on.

    By default from the confidence on that its training chose.
    """
    model = default()
    return relations_above(text, model, model.settings.keep if above is None else above)


def kept_from() -> float:
    """Return the confidence from which on relations are kept, as training chose it."""
    return default().settings.keep


def relations_above(text: str, model: Model, keep: float) -> tuple[Relation, ...]:
    """The relations with at least the confidence `keep`."""
    pieces, links = drafts(text, model)
    found = relations(links, pieces, model)
    return tuple(r for r in found if r.confidence >= keep)


def drafts(text: str, model: Model) -> tuple[Pieces, list[Link]]:
    """Every relation that the model can read, however doubtful, one for each cue."""
    pieces = read(text, model.tokenizer)
    weigh = model.settings.confidence
    best: dict[int, Link] = {}
    for found in links(pieces, model):
        rival = best.get(found.cue[0])
        if rival is None or weigh(rival.evidence) < weigh(found.evidence):
            best[found.cue[0]] = found
    return pieces, sorted(best.values(), key=lambda x: x.cue)


def relations(links: Sequence[Link], pieces: Pieces, model: Model) -> list[Relation]:
    """Links as relations over characters."""
    return [_relation(x, model.settings.confidence(x.evidence), pieces) for x in links]


def links(pieces: Pieces, model: Model) -> Iterator[Link]:
    """What the network makes of each possible cue, before any is dropped."""
    held: list[Scored] = []
    for window in windows(pieces):
        scored = score(pieces, window, model)
        if scored is not None:
            held.append(scored)
        if sum(len(s.anchors) for s in held) >= BATCH:
            yield from _decode(held, model)
            held = []
    if held:
        yield from _decode(held, model)


def score(pieces: Pieces, window: Window, model: Model) -> Scored | None:
    """Label scores around the possible cues that a window owns, if it has any."""
    ids, features, words = window_input(pieces, window)
    anchor, token, cue = model.encoder.run(
        ["anchor", "token", "cue"],
        {
            "ids": ids[None].astype(np.int32),
            "states": features[None].astype(np.int32),
            "word_index": words,
        },
    )
    own = slice(window.own_first - window.first, window.own_last - window.first)
    at = np.flatnonzero(anchor[own] >= model.settings.anchor_logit) + own.start
    if at.size == 0:
        return None
    index, valid = around(at, 0, len(words))
    paragraph = pieces.word_paragraph[window.first : window.last]
    near = np.clip(paragraph[index] - paragraph[at][:, None], -2, 2) + 2
    tokens = token[index] * valid[..., None].astype(np.float32)
    scores, verdicts = model.linker.run(["scores", "verdict"], {"tokens": tokens, "cue": cue[at], "near": near})
    scores[~valid] = -1e4
    scores[~valid, 0] = 0
    return Scored(
        anchors=at + window.first,
        windows=[window] * len(at),
        scores=scores,
        anchor_logits=anchor[at],
        verdicts=verdicts,
    )


def _decode(held: Sequence[Scored], model: Model) -> Iterator[Link]:
    scores = np.concatenate([s.scores for s in held])
    anchors = np.concatenate([s.anchors for s in held])
    logits = np.concatenate([s.anchor_logits for s in held])
    verdicts = np.concatenate([s.verdicts for s in held])
    paths, logs = best_labels(scores, model.settings.transitions)
    homes = [w for s in held for w in s.windows]
    for anchor, path, home, *rest in zip(anchors, paths, homes, logits, verdicts, logs, strict=True):
        evidence = (*(float(x) for x in rest), float(1 in path))
        found = link(int(anchor), path, (home.first, home.last), evidence)
        if found is not None:
            yield found


def _relation(found: Link, confidence: float, pieces: Pieces) -> Relation:
    states = pieces.word_state

    def span(words: Words) -> Span:
        return Span(int(pieces.word_start[words[0]]), int(pieces.word_end[words[1] - 1]))

    return Relation(
        source=() if found.source is None else (span(found.source),),
        cue=(span(found.cue),),
        content=tuple(span(stretched(part, found.seen, states)) for part in found.content),
        quotation=Quotation.INDIRECT,
        confidence=confidence,
    )
