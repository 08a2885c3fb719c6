"""A model as light as can be for the growth bench: the packaged tokenizer, random word vectors and no layers.

What grows with the corpus (reading, storing, searching, weighing) costs the same whatever the vectors say; what they
cost to make is the same for each text, and would otherwise be nearly all of the bench.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np

from assistant.settings import Settings
from assistant.weights import CHECKSUMS, locate

NOTE = (
    "Vektorerne er tilfældige: modellen er uden lag, så indekseringen er uden indlejring, og hvad der svares, siger "
    "intet. Til svartiderne er lagt {ms:.0f} ms, som er medianen for at indlejre ét spørgsmål med den rigtige model."
)
_WEIGHTS = "model.safetensors"
_WORDS = "embeddings.word_embeddings.weight"


def write_light_model(settings: Settings, folder: Path) -> Path:
    """Write the light model beside the settings' own, with its tokenizer, window and dimension; gives the folder."""
    from safetensors.numpy import load_file, save_file

    source = Path(locate(settings).location)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(_WEIGHTS, CHECKSUMS))
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | {"num_hidden_layers": 0}), encoding="utf-8")
    kept = {name: value for name, value in load_file(source / _WEIGHTS).items() if name.startswith("embeddings.")}
    chance = np.random.default_rng(1)
    words = chance.standard_normal(kept[_WORDS].shape).astype(np.float32)
    # Where a word stands, and whether it is asked or told, must not outweigh which word it is.
    still = {name: value if "LayerNorm" in name else np.zeros_like(value) for name, value in kept.items()}
    save_file(still | {_WORDS: words}, folder / _WEIGHTS, metadata={"format": "pt"})
    return folder
