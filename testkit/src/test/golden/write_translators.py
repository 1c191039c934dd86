"""Writes the golden files of attention and of whole encoder-decoders, as write_golden.py does the others.

    venv/bin/python testkit/src/test/golden/write_translators.py testkit/src/test/resources/golden

Each pair of a source and a target is computed alone, from PyTorch's own layers: no packing, no padding and
no mask is shared with the tested code. Packed rows are only how the numbers are stored.
"""
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from write_golden import Numbers, given, gradients, write

READ, WRITTEN = 7, 6  # symbols of sources and of targets
OF_TARGETS, OF_SOURCES, PLACES = [5, 4, 4, 1], [6, 3, 2, 1], [2, 0, 3, 1]


def indices(lengths):
    """For each sequence, longest first, the rows that are its steps."""
    rows, count = [[] for _ in lengths], 0
    for t in range(lengths[0]):
        for b, length in enumerate(lengths):
            if t < length:
                rows[b].append(count)
                count += 1
    return rows


def packed(sequences, lengths):
    """The rows of one tensor for each sequence, those of a time step contiguous."""
    order = torch.tensor([row for rows in indices(lengths) for row in rows])
    return torch.cat(sequences)[order.argsort()]


# --- attention --------------------------------------------------------------------------------------


def additive(w, queries, memory):
    units = functional.linear(queries, w["queries.weight"], w["queries.bias"])[:, None] + functional.linear(memory, w["keys.weight"])
    return torch.softmax(torch.tanh(units) @ w["direction"], 1) @ memory


def dot(w, queries, memory):
    return functional.scaled_dot_product_attention(queries[None], memory[None], memory[None], scale=1.0)[0]


def general(w, queries, memory):
    n, m = len(queries), len(memory)
    every = queries.repeat_interleave(m, 0), memory.repeat(n, 1)
    scores = functional.bilinear(*every, w["keys.weight"][None]).reshape(n, m)
    return torch.softmax(scores, 1) @ memory


def attention(folder, name, function, query, shapes):
    """Four sequences of queries, of which two read one source; a source is read by one or none."""
    numbers, of_queries, of_memory, places, width = Numbers(), [4, 2, 2, 1], [5, 3, 1, 1], [1, 2, 0, 1], 6
    weights = {key: given(numbers.next(*shape, scale=0.9)) for key, shape in shapes.items()}
    leaves = {"queries": given(numbers.next(sum(of_queries), query, scale=1.0))}
    leaves["memory"] = given(numbers.next(sum(of_memory), width, scale=1.0))
    rows, sources = indices(of_queries), indices(of_memory)
    output = packed([function(weights, leaves["queries"][rows[b]], leaves["memory"][sources[place]])
                     for b, place in enumerate(places)], of_queries)
    blame = numbers.next(*output.shape, scale=1.0)
    loss = (output * blame).sum()
    loss.backward()
    file = {**weights, "lengths": torch.tensor(of_queries), "memory.lengths": torch.tensor(of_memory), "places": torch.tensor(places)}
    file |= {**leaves, "output": output, "loss.output": blame, "loss": loss, **gradients(weights), **gradients(leaves)}
    write(folder, f"attention_{name}", file, kind="attention", score=name, loss="sum(output * loss.output)")


# --- encoder-decoders -------------------------------------------------------------------------------


class Attending(nn.Module):
    """tanh(W_c [context h]), the context by the additive score."""

    def __init__(self, query, memory):
        super().__init__()
        self.queries, self.keys = nn.Linear(query, query), nn.Linear(memory, query, bias=False)
        self.direction = nn.Parameter(torch.empty(query))
        self.output = nn.Linear(memory + query, query)

    def forward(self, h, memory):
        context = additive(dict(self.named_parameters()), h, memory)
        return torch.tanh(self.output(torch.cat([context, h], 1)))


class Translator(nn.Module):
    """The layers; what goes from one side to the other is told by `link`."""

    def __init__(self, encoder, decoder, link, source, target, attends=False):
        super().__init__()
        self.link = link
        self.encoder, self.decoder = nn.ModuleDict({"rnn": encoder}), nn.ModuleDict({"rnn": decoder})
        if source:
            self.encoder["embedding"] = nn.Embedding(READ, source)
        if target:
            self.decoder["embedding"] = nn.Embedding(WRITTEN, target)
        outputs = encoder.hidden_size * (2 if encoder.bidirectional else 1)
        if link == "dense":
            self.bridge = nn.ModuleList(nn.Linear(outputs, decoder.hidden_size) for _ in "hc")
        if attends:
            self.decoder["attention"] = Attending(decoder.hidden_size, outputs)
        self.decoder["head"] = nn.Linear(decoder.hidden_size, WRITTEN)

    def forward(self, source, before):
        """Logits [T, V] of one target; source [S] symbols or [S, D] numbers, before [T]."""
        read, last = self.encoder["rnn"](self.encoder["embedding"](source) if "embedding" in self.encoder else source)
        x = [self.decoder["embedding"](before)] if "embedding" in self.decoder else []
        first = None
        if self.link == "dense":  # last [directions, H]: what either direction ends with
            first = tuple(torch.tanh(layer(last.reshape(-1)))[None] for layer in self.bridge)
        elif self.link == "identity":
            first = last
        elif self.link == "aligned":
            x.append(read)
        elif self.link == "each step":
            x.append(last.reshape(1, -1).expand(len(before), -1))
        h, _ = self.decoder["rnn"](torch.cat(x, 1), first)
        if "attention" in self.decoder:
            h = self.decoder["attention"](h, read)
        return self.decoder["head"](h)


def translator(folder, name, model, **settings):
    numbers, model = Numbers(), model.double()
    weights = dict(model.named_parameters())
    with torch.no_grad():
        for weight in weights.values():
            weight.copy_(numbers.next(*weight.shape, scale=0.9))
    of_sources, places = (OF_TARGETS, [0, 2, 1, 3]) if model.link == "aligned" else (OF_SOURCES, PLACES)
    if "embedding" in model.encoder:
        source = torch.tensor([(3 * i + i * i // 2) % READ for i in range(sum(of_sources))])
    else:
        source = numbers.next(sum(of_sources), model.encoder["rnn"].input_size, scale=1.0)
    tokens = sum(OF_TARGETS)
    target = torch.tensor([(2 * i + i * i // 3) % WRITTEN for i in range(tokens)])
    rows, read = indices(OF_TARGETS), indices(of_sources)
    before = torch.zeros(tokens, dtype=torch.long)
    for steps in rows:
        before[steps[1:]] = target[steps[:-1]]

    logits = packed([model(source[read[place]], before[rows[b]]) for b, place in enumerate(places)], OF_TARGETS)
    loss = functional.cross_entropy(logits, target)
    loss.backward()
    file = {**weights, "lengths": torch.tensor(OF_TARGETS), "source.lengths": torch.tensor(of_sources), "places": torch.tensor(places)}
    file |= {"source": source, "before": before, "target": target, "logits": logits, "loss": loss, **gradients(weights)}
    write(folder, f"translator_{name}", file, kind="encoder-decoder", loss="cross-entropy, mean over the targets", **settings)


def main():
    folder = Path(sys.argv[1])
    attention(folder, "additive", additive, 3, {"queries.weight": (3, 3), "queries.bias": (3,), "keys.weight": (3, 6), "direction": (3,)})
    attention(folder, "dot", dot, 6, {})
    attention(folder, "general", general, 3, {"keys.weight": (3, 6)})
    translator(folder, "attention", Translator(nn.GRU(2, 3, bidirectional=True), nn.LSTM(4, 5), "dense", 2, 4, attends=True),
               encoder="GRU, both directions", decoder="LSTM", link="dense bridge, additive attention", feedback="the symbol before")
    translator(folder, "aligned", Translator(nn.GRU(2, 3, bidirectional=True), nn.LSTM(4 + 6, 5), "aligned", 2, 4),
               encoder="GRU, both directions", decoder="LSTM", link="the output of the same step", feedback="the symbol before")
    translator(folder, "identity", Translator(nn.LSTM(2, 4, 2), nn.LSTM(3, 4, 2), "identity", 2, 3),
               encoder="LSTM, two layers", decoder="LSTM, two layers", link="the last state", feedback="the symbol before")
    translator(folder, "each_step", Translator(nn.GRU(2, 3, bidirectional=True), nn.LSTM(6, 5), "each step", 0, 0),
               encoder="GRU, both directions, of numbers", decoder="LSTM", link="the last output at each step", feedback="none")


if __name__ == "__main__":
    main()
