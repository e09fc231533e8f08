"""Writes the trained network as two int8 ONNX files: an encoder with cue finder, and a linker."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from claims.extraction.tagging.linking import LEFT
from claims.extraction.training.network import HEADS, LINK, LOOKS, SHIFTS, SPAN, WIDTH, Network

MS = "com.microsoft"


class Graph:
    """Nodes and weights of one ONNX graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: Tensor | NDArray[np.generic]) -> str:
        """Stores a constant and gives back its name."""
        array = value.detach().numpy() if isinstance(value, Tensor) else value
        self.weights.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def add(self, kind: str, inputs: list[str], out: str, domain: str = "", **attributes: Any) -> str:
        """Adds a node and gives back its output's name."""
        self.nodes.append(helper.make_node(kind, inputs, [out], name=out, domain=domain, **attributes))
        return out

    def matmul(self, x: str, layer: nn.Linear, out: str) -> str:
        """x times the layer's weight, without its bias."""
        return self.add("MatMul", [x, self.weight(f"{out}.w", layer.weight.T)], out)

    def linear(self, x: str, layer: nn.Linear, out: str, gelu: bool = False) -> str:
        """The layer, followed by GELU if wanted."""
        y = self.matmul(x, layer, f"{out}.mm")
        bias = self.weight(f"{out}.b", layer.bias)
        if gelu:
            return self.add("BiasGelu", [y, bias], out, MS)
        return self.add("Add", [y, bias], out)

    def plain_norm(self, x: str, layer: nn.LayerNorm, out: str) -> str:
        """The layer's normalisation over the last axis.

        Spelt so that the runtime does not fuse it into its own kernel, which is 3.7 times slower.
        """
        scale, bias = self.weight(f"{out}.w", layer.weight), self.weight(f"{out}.b", layer.bias)
        tiny = self.weight(f"{out}.e", np.array([layer.eps], np.float32))
        mean = self.add("ReduceMean", [x], f"{out}.m", axes=[-1], keepdims=1)
        off = self.add("Sub", [x, mean], f"{out}.c")
        square = self.add("Mul", [off, off], f"{out}.q")
        spread = self.add("ReduceMean", [square], f"{out}.v", axes=[-1], keepdims=1)
        root = self.add("Sqrt", [self.add("Add", [spread, tiny], f"{out}.t")], f"{out}.s")
        unit = self.add("Reciprocal", [root], f"{out}.r")
        scaled = self.add("Mul", [self.add("Mul", [off, unit], f"{out}.u"), scale], f"{out}.g")
        return self.add("Add", [scaled, bias], out)

    def model(
        self, inputs: dict[str, tuple[int, list[str | int]]], outputs: dict[str, list[str | int]]
    ) -> onnx.ModelProto:
        """The finished model."""
        graph = helper.make_graph(
            self.nodes,
            "onrecord",
            [helper.make_tensor_value_info(n, t, s) for n, (t, s) in inputs.items()],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in outputs.items()],
            self.weights,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def encoder(net: Network) -> onnx.ModelProto:
    """ids, states [1, L] and words [W] to anchor logits [W] and projections of every word."""
    g = Graph()
    g.nodes.append(
        helper.make_node(
            "EmbedLayerNormalization",
            [
                "ids",
                "states",
                g.weight("words.w", net.words.weight),
                g.weight("positions.w", net.positions.weight),
                g.weight("states.w", net.states.weight),
                g.weight("norm.w", net.norm.weight),
                g.weight("norm.b", net.norm.bias),
            ],
            ["x", "unused"],
            name="embed",
            domain=MS,
            epsilon=1e-12,
        )
    )
    x = "x"
    third = g.weight("third", np.full(3, WIDTH, np.int64))
    for i, layer in enumerate(net.blocks()):
        qkv = g.linear(x, layer.qkv, f"qkv{i}")
        parts = [f"q{i}", f"k{i}", f"v{i}"]
        g.nodes.append(helper.make_node("Split", [qkv, third], parts, axis=-1, name=f"split{i}"))
        a = g.add("MultiHeadAttention", parts, f"a{i}", MS, num_heads=HEADS)
        x = _skip(g, g.matmul(a, layer.out, f"o{i}"), x, layer.norm1, layer.out, f"n{i}")
        u = g.linear(x, layer.up, f"u{i}", gelu=True)
        x = _skip(g, g.matmul(u, layer.down, f"d{i}"), x, layer.norm2, layer.down, f"m{i}")
    flat = g.add("Squeeze", [x, g.weight("axis0", np.array([0], np.int64))], "flat")
    picked = g.add("Gather", [flat, "word_index"], "picked", axis=0)
    hidden = g.linear(picked, net.find, "find", gelu=True)
    logit = g.linear(hidden, net.found, "found")
    g.add("Squeeze", [logit, g.weight("axis1", np.array([1], np.int64))], "anchor")
    g.linear(picked, net.token, "token")
    g.linear(picked, net.cue, "cue")
    return g.model(
        {
            "ids": (TensorProto.INT32, [1, "L"]),
            "states": (TensorProto.INT32, [1, "L"]),
            "word_index": (TensorProto.INT64, ["W"]),
        },
        {"anchor": ["W"], "token": ["W", LINK], "cue": ["W", 2 * LINK]},
    )


def _skip(g: Graph, y: str, x: str, norm: nn.LayerNorm, layer: nn.Linear, out: str) -> str:
    """Residual sum and normalisation, in plain operations: the fused ones are 3.7 times slower."""
    y = g.add("Add", [y, g.weight(f"{out}.i", layer.bias)], f"{out}.0")
    return g.plain_norm(g.add("Add", [y, x], f"{out}.1"), norm, out)


def linker(net: Network) -> onnx.ModelProto:
    """tokens [K, SPAN, LINK], cue [K, 2 LINK], near [K, SPAN] to label scores and verdicts."""
    g = Graph()
    one = g.weight("one", np.array([1], np.int64))
    wide = g.add("Unsqueeze", ["cue", one], "cue3")
    half = g.weight("half", np.array([LINK, LINK], np.int64))
    g.nodes.append(helper.make_node("Split", [wide, half], ["add", "gate"], axis=-1, name="split"))
    scale = g.add("Add", ["gate", g.weight("unit", np.ones(1, np.float32))], "scale")
    x = g.add("Mul", ["tokens", scale], "x0")
    x = g.add("Add", [x, "add"], "x1")
    x = g.add("Add", [x, g.weight("offset", net.offset)], "x2")
    near = g.add("Gather", [g.weight("paragraph", net.paragraph), "near"], "par", axis=0)
    x = g.plain_norm(g.add("Add", [x, near], "x3"), net.norm_in, "x4")
    x = g.add("BiasGelu", [x, g.weight("zero", np.zeros(LINK, np.float32))], "x5", MS)
    for i, (shift, mix, norm) in enumerate(net.mixes()):
        if shift == SHIFTS[-1]:
            looks = g.linear(g.plain_norm(x, net.look_norm, "look.n"), net.look, "look")
            thirds = g.weight("thirds", np.full(3, LINK, np.int64))
            qkv = ["look.q", "look.k", "look.v"]
            g.nodes.append(helper.make_node("Split", [looks, thirds], qkv, axis=-1, name="look.s"))
            seen = g.add("MultiHeadAttention", qkv, "look.a", MS, num_heads=LOOKS)
            x = g.add("Add", [x, g.linear(seen, net.looked, "looked")], "look.x")
        y = g.plain_norm(x, norm, f"y{i}")
        pads = g.weight(f"pads{i}", np.array([0, shift, 0, 0, shift, 0], np.int64))
        padded = g.add("Pad", [y, pads], f"p{i}", mode="constant")
        axis = g.weight(f"ax{i}", np.array([1], np.int64))
        parts = []
        for at in (0, 2 * shift):
            low = g.weight(f"lo{i}.{at}", np.array([at], np.int64))
            high = g.weight(f"hi{i}.{at}", np.array([at + SPAN], np.int64))
            parts.append(g.add("Slice", [padded, low, high, axis], f"s{i}.{at}"))
        joined = g.add("Concat", [parts[0], y, parts[1]], f"c{i}", axis=-1)
        x = g.add("Add", [x, g.linear(joined, mix, f"mix{i}", gelu=True)], f"z{i}")
    peak = g.add("ReduceMax", [x], "peak", axes=[1], keepdims=0)
    home = g.weight("home", np.array(LEFT, np.int64))
    seen = g.add("Concat", [peak, g.add("Gather", [x, home], "here", axis=1)], "seen", axis=-1)
    verdict = g.linear(g.linear(seen, net.verify, "ver", gelu=True), net.verified, "vd")
    g.add("Squeeze", [verdict, one], "verdict")
    g.linear(x, net.label, "scores")
    return g.model(
        {
            "tokens": (TensorProto.FLOAT, ["K", SPAN, LINK]),
            "cue": (TensorProto.FLOAT, ["K", 2 * LINK]),
            "near": (TensorProto.INT64, ["K", SPAN]),
        },
        {"scores": ["K", SPAN, 6], "verdict": ["K"]},
    )


def quantised(model: onnx.ModelProto, path: Path, kinds: list[str], keep: list[str]) -> None:
    """Writes the model with int8 weights, except in the nodes named in `keep`."""
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(model, str(plain))
        quantize_dynamic(
            plain,
            path,
            op_types_to_quantize=kinds,
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=keep,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
        )


def export(net: Network, out: Path) -> None:
    """Writes `encoder.onnx` and `linker.onnx` into a folder."""
    net.eval()
    kinds = ["Attention", "MatMul", "EmbedLayerNormalization", "Gather"]
    quantised(encoder(net), out / "encoder.onnx", kinds, ["found.mm"])
    quantised(linker(net), out / "linker.onnx", ["MatMul"], ["vd.mm", "scores.mm"])


def restore(path: Path) -> Network:
    """The network of a checkpoint."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    net = Network(saved["options"]["layers"], vocabulary=len(saved["model"]["words.weight"]))
    net.load_state_dict(saved["model"])
    return net.eval()
