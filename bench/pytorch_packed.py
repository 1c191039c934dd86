"""Times PyTorch's recurrent layers on the shapes of a file, as `elman bench` times Elman's.

    OMP_NUM_THREADS=1 python bench/pytorch_packed.py --threads 1 bench/random-shapes.csv

Takes the shapes of `elman bench` and prints its columns. Sequences of unequal lengths are packed
(pack_padded_sequence) once, outside the time. Training is forward, loss = sum of outputs and
backward; one step is not trained. The time is the best of four repetitions, after a warm-up.
"""

import argparse
import math
import time

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

COLUMNS = "cell,T,B,D,H,layers,directions,lengths".split(",")
GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
GOLDEN = 0.6180339887498949
REPETITIONS = 4


def read_shapes(file):
    """The lines of the file that are no comments, each a list of columns."""
    with open(file, encoding="utf-8") as lines:
        lines = [line.strip() for line in lines]
    return [[cell.strip() for cell in line.split(",")] for line in lines if line and line[0] != "#"]


def lengths_of(steps, sequences, unequal):
    """T for each of B sequences, or spread from T down to 1 as in BenchShape.Lengths."""
    share = lambda b: b * GOLDEN - math.floor(b * GOLDEN) if unequal else 0
    return [steps - int(steps * share(b)) for b in range(sequences)]


def operations(cell, inputs, hidden, layers, directions, tokens):
    """Floating-point operations of one forward run, counted as in BenchShape.work."""
    widths = [inputs] + [directions * hidden] * (layers - 1)
    return sum(2 * directions * GATES[cell] * hidden * (width + hidden) for width in widths) * tokens


def measure(work, n):
    start = time.perf_counter()
    for _ in range(n):
        work()
    return time.perf_counter() - start


def seconds_of(work, at_least):
    work()
    work()
    n = 1
    while (took := measure(work, n)) < at_least:
        n = max(2 * n, int(n * at_least / took) + 1)
    return min(measure(work, n) for _ in range(REPETITIONS)) / n


def works_of(cell, sizes, directions, lengths):
    """What is timed, by mode."""
    _, _, inputs, hidden, layers = sizes
    layer = getattr(nn, cell)(inputs, hidden, layers, bidirectional=directions == 2)
    x = torch.randn(lengths[0], len(lengths), inputs)
    packed = len(set(lengths)) > 1
    if packed:
        x = pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False)

    def infer():
        with torch.inference_mode():
            layer(x)

    def train():
        layer.zero_grad(set_to_none=True)
        outputs = layer(x)[0]
        (outputs.data if packed else outputs).sum().backward()

    return {"infer": infer} if lengths[0] == 1 else {"infer": infer, "train": train}


def main():
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("shapes")
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--mode", default="infer,train")
    arguments.add_argument("--seconds", type=float, default=0.5, help="of one repetition, at least")
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    shapes = read_shapes(options.shapes)
    shown = COLUMNS[: max(map(len, shapes))]
    print("engine,mode,threads", *shown, "microseconds,gflops_per_second", sep=",")
    for shape in shapes:
        cell, *sizes = shape[0], *map(int, shape[1:6])
        directions, kind = (int(shape[6]), shape[7]) if len(shape) > 6 else (1, "equal")
        lengths = lengths_of(*sizes[:2], kind == "unequal")
        forward = operations(cell, *sizes[2:], directions, sum(lengths))
        for mode, work in works_of(cell, sizes, directions, lengths).items():
            if mode in options.mode.split(","):
                took = seconds_of(work, options.seconds)
                speed = forward * (3 if mode == "train" else 1) / took * 1e-9
                result = [f"pytorch-{torch.__version__}", mode, options.threads, *shape]
                print(*result, f"{took * 1e6:.2f}", f"{speed:.2f}", sep=",", flush=True)


if __name__ == "__main__":
    main()
