"""Checks in PyTorch what Elman wrote: the same weights and inputs must give the same outputs.

    venv/bin/python testkit/src/test/golden/check_in_pytorch.py MODEL_FOLDER DATA.safetensors

WriteForPytorch (in this module's tests) writes such folders and data; check_in_pytorch.txt is what came out.

MODEL_FOLDER holds model.json and weights.safetensors. DATA holds what Elman was given and answered:
    lengths [B]      longest first
    input            [N, D], or [N] symbols when the model begins with an embedding; packed
    output           [N, H * directions], or [N, V] when the model ends with a dense layer
    h0, c0           [layers * directions, B, H]; optional, zero where absent
Prints the greatest absolute difference; exits with 1 when it is above 1e-5, 2 for wrong usage.
"""
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence

LIMIT = 1e-5


def recurrent_layer(description, weights):
    """The recurrent layer, and the names of its weights."""
    first = [name for name in weights if name.endswith("weight_ih_l0")]
    if len(first) != 1:
        raise ValueError(f"expected one weight named ...weight_ih_l0, found {first} among {sorted(weights)}")
    prefix = first[0].removesuffix("weight_ih_l0")
    cell = description["cell"].lower()
    kind = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}.get(cell.split("+")[0], torch.nn.RNN)
    options = {"nonlinearity": "relu" if "relu" in cell else "tanh"} if kind is torch.nn.RNN else {}
    if "+projection=" in cell:
        options["proj_size"] = int(cell.split("=")[1])
    layer = kind(weights[first[0]].shape[1], description["hidden"], description.get("layers", 1),
                 bidirectional=description.get("bidirectional", False), **options)
    own = {name.removeprefix(prefix): weight for name, weight in weights.items()
           if name.startswith(prefix) and name.removeprefix(prefix) in layer.state_dict()}
    layer.load_state_dict(own)
    return layer, {prefix + name for name in own}


def read_description(folder):
    """What model.json says of the layers: cell, hidden, layers, bidirectional."""
    return json.loads((folder / "model.json").read_text())["recurrent"]


@torch.inference_mode()
def output_of_pytorch(folder, data):
    weights = load_file(folder / "weights.safetensors")
    layer, used = recurrent_layer(read_description(folder), weights)
    matrices = {name: weight for name, weight in weights.items() if name not in used and weight.dim() == 2}
    embedding = [name for name in matrices if "embedding" in name]
    dense = [name for name in matrices if name not in embedding]
    if len(embedding) > 1 or len(dense) > 1:
        raise ValueError(f"expected at most one embedding and one dense layer, found {sorted(matrices)}")

    rows = functional.embedding(data["input"].long(), weights[embedding[0]]) if embedding else data["input"]
    lengths = data["lengths"].long()
    batch_sizes = torch.tensor([int((lengths > t).sum()) for t in range(int(lengths.max()))])
    deep = layer.num_layers * (2 if layer.bidirectional else 1)
    h0 = data.get("h0", torch.zeros(deep, len(lengths), layer.proj_size or layer.hidden_size))
    start = (h0, data.get("c0", torch.zeros(deep, len(lengths), layer.hidden_size))) if layer.mode == "LSTM" else h0
    rows = layer(PackedSequence(rows, batch_sizes), start)[0].data
    if dense:
        rows = functional.linear(rows, weights[dense[0]], weights.get(dense[0].removesuffix("weight") + "bias"))
    return rows


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    data = load_file(sys.argv[2])
    expected = output_of_pytorch(Path(sys.argv[1]), data)
    if expected.shape != data["output"].shape:
        print(f"expected output of shape {list(expected.shape)}, got {list(data['output'].shape)}")
        return 1
    difference = float((expected - data["output"]).abs().max())
    agrees = difference <= LIMIT  # false for NaN too
    print(f"greatest absolute difference {difference:.2e}, {'within' if agrees else 'ABOVE'} {LIMIT:.0e}, {len(expected)} tokens")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
