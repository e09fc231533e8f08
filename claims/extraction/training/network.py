"""The network: a small BERT encoder, a cue finder and a cue-conditioned linker."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from claims.extraction.tagging.linking import LABELS, LEFT, RIGHT

WIDTH = 384
HEADS = 12
STATES = 16  # case shape x quotation state
LINK = 128
SPAN = LEFT + 1 + RIGHT
SHIFTS = (1, 3)
LOOKS = 4


class Layer(nn.Module):
    """One BERT layer."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)


def _linear(x: Tensor, layer: nn.Linear) -> Tensor:
    return F.linear(x, layer.weight.to(x.dtype), layer.bias.to(x.dtype))


def _norm(x: Tensor, layer: nn.LayerNorm) -> Tensor:
    weight, bias = layer.weight.to(x.dtype), layer.bias.to(x.dtype)
    return F.layer_norm(x, layer.normalized_shape, weight, bias, layer.eps)


class Network(nn.Module):
    """Encoder, cue finder and linker; parameters float32, activations in `dtype`."""

    def __init__(self, layers: int = 6, vocabulary: int = 30522, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.states = nn.Embedding(STATES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.find = nn.Linear(WIDTH, LINK)
        self.found = nn.Linear(LINK, 1)
        self.token = nn.Linear(WIDTH, LINK)
        self.cue = nn.Linear(WIDTH, 2 * LINK)
        self.offset = nn.Parameter(torch.zeros(SPAN, LINK))
        self.paragraph = nn.Parameter(torch.zeros(5, LINK))
        self.norm_in = nn.LayerNorm(LINK)
        self.mix = nn.ModuleList(nn.Linear(3 * LINK, LINK) for _ in SHIFTS)
        self.mix_norm = nn.ModuleList(nn.LayerNorm(LINK) for _ in SHIFTS)
        self.look_norm = nn.LayerNorm(LINK)
        self.look = nn.Linear(LINK, 3 * LINK)
        self.looked = nn.Linear(LINK, LINK)
        self.label = nn.Linear(LINK, len(LABELS))
        self.verify = nn.Linear(2 * LINK, LINK)
        self.verified = nn.Linear(LINK, 1)
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.dropout = dropout
        nn.init.normal_(self.offset, std=0.02)
        nn.init.constant_(self.found.bias, -3.0)
        nn.init.normal_(self.paragraph, std=0.02)

    def blocks(self) -> list[Layer]:
        """The encoder's layers, lowest first."""
        return [layer for layer in self.layers if isinstance(layer, Layer)]

    def mixes(self) -> list[tuple[int, nn.Linear, nn.LayerNorm]]:
        """The linker's convolutions: distance, weights, normalisation before."""
        found = zip(SHIFTS, self.mix, self.mix_norm, strict=True)
        return [
            (shift, mix, norm)
            for shift, mix, norm in found
            if isinstance(mix, nn.Linear) and isinstance(norm, nn.LayerNorm)
        ]

    def _drop(self, x: Tensor) -> Tensor:
        """Dropout of whole channels of a sequence: as good here, and far cheaper on a CPU."""
        if not self.training or self.dropout == 0:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= self.dropout
        return x * (kept / (1 - self.dropout)).to(x.dtype)

    def encode(self, ids: Tensor, states: Tensor, mask: Tensor | None, dtype: torch.dtype) -> Tensor:
        """The last layer's hidden states."""
        batch, length = ids.shape
        x = self.words(ids) + self.positions.weight[:length] + self.states(states)
        x = self._drop(_norm(x.to(dtype), self.norm))
        bias = None
        if mask is not None:
            bias = torch.zeros(batch, 1, 1, length, dtype=dtype)
            bias = bias.masked_fill(~mask[:, None, None], -1e4).expand(batch, 1, length, length)
        for layer in self.blocks():
            shaped = _linear(x, layer.qkv).view(batch, length, 3, HEADS, WIDTH // HEADS)
            q, k, v = shaped.permute(2, 0, 3, 1, 4)
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
            mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
            x = _norm(x + self._drop(_linear(mixed, layer.out)), layer.norm1)
            grown = F.gelu(_linear(x, layer.up))
            x = _norm(x + self._drop(_linear(grown, layer.down)), layer.norm2)
        return x

    def anchors(self, words: Tensor) -> Tensor:
        """For each word, the logit of its being the anchor of a cue."""
        return _linear(F.gelu(_linear(words, self.find)), self.found)[..., 0].float()

    def link(self, tokens: Tensor, cue: Tensor, near: Tensor) -> tuple[Tensor, Tensor]:
        """Label scores around each anchor, and the logit of its being a cue at all.

        `tokens` [K, SPAN, LINK] projected words, `cue` [K, 2 LINK] projected anchors, `near`
        [K, SPAN] paragraph distance clipped to 0..4.
        """
        add, gate = cue[:, None].chunk(2, -1)
        paragraph = F.embedding(near, self.paragraph).to(tokens.dtype)
        x = tokens * (1 + gate) + add + self.offset.to(tokens.dtype) + paragraph
        x = F.gelu(_norm(x, self.norm_in))
        x = self._drop(x)
        for shift, mix, norm in self.mixes():
            if shift == SHIFTS[-1]:
                x = x + self._look(_norm(x, self.look_norm))
            y = _norm(x, norm)
            padded = F.pad(y, (0, 0, shift, shift))
            wide = torch.cat((padded[:, : -2 * shift], y, padded[:, 2 * shift :]), -1)
            x = x + F.gelu(_linear(wide, mix))
        seen = torch.cat((x.amax(1), x[:, LEFT]), -1)
        verdict = _linear(F.gelu(_linear(seen, self.verify)), self.verified)[..., 0]
        return _linear(x, self.label).float(), verdict.float()

    def _look(self, x: Tensor) -> Tensor:
        """Attention of the words around one anchor to each other."""
        count, length, width = x.shape
        shaped = _linear(x, self.look).view(count, length, 3, LOOKS, width // LOOKS)
        q, k, v = shaped.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2)
        return _linear(mixed.reshape(count, length, width), self.looked)


def crf_loss(scores: Tensor, labels: Tensor, transitions: Tensor) -> Tensor:
    """Negative log-likelihood of each label sequence."""
    count, length, _ = scores.shape
    gold = scores.gather(2, labels[..., None])[..., 0].sum(1)
    gold = gold + transitions[labels[:, :-1], labels[:, 1:]].sum(1)
    # The recursion in the exponential domain, rescaled at each step: cheap under autograd.
    top = scores.amax(2, keepdim=True)
    scaled = (scores - top).exp().unbind(1)
    move = transitions.exp()
    alpha = scaled[0]
    total = top[..., 0].sum(1)
    logs = torch.zeros(count)
    for step in range(1, length):
        alpha = (alpha @ move) * scaled[step]
        if step % 8 == 0:
            size = alpha.sum(1, keepdim=True)
            alpha = alpha / size
            logs = logs + size[:, 0].log()
    return total + logs + alpha.sum(1).log() - gold


def forbidden() -> Tensor:
    """A penalty that rules out continuing a part that has not begun."""
    penalty = torch.zeros(len(LABELS), len(LABELS))
    for begin, inside in ((1, 2), (4, 5)):
        for before in range(len(LABELS)):
            if before not in (begin, inside):
                penalty[before, inside] = -math.inf
    return penalty.clamp(min=-30.0)
