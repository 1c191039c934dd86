"""Times another engine on request, as `elman bench --on-request` does Elman.

    OMP_NUM_THREADS=1 python bench/peers.py pytorch --threads 1 --seconds 0.25

Prints the engine's name, then answers each line of the input by one line:
    prepare MODE cell,T,B,D,H,layers[,directions,lengths]
        makes the shape ready: `ready AMOUNT`, the operations of one run or, of whole models, its
        tokens; `none` if it is not done
    go
        one repetition, answered by the microseconds of one run
Modes: infer and train time recurrent layers alone; language and classify a whole training step of a
language model and of a classifier of texts, where D is the size of the vocabulary.
Engines: pytorch; pytorch-fused-adam, whose Adam is one loop; onnxruntime, which does not train;
sgemm, PyTorch's product of two matrices of 1024 rows whatever the shape: the practical limit of the
machine.
"""

import argparse
import math
import sys
import time

GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
GOLDEN = 0.6180339887498949
MODES = ("infer", "train", "language", "classify")
BATCHES = 8  # different ones of a text, as in EndlessSource
RATE = 0.003
LARGEST_NORM = 1


class Shape:
    """A line of shapes; raises ValueError when it is another thing."""

    def __init__(self, line):
        cells = line.split(",")
        if len(cells) not in (6, 8):
            raise ValueError(f"Expected 6 or 8 columns, found '{line}'.")
        self.cell = cells[0].upper()
        self.steps, self.sequences, self.inputs, self.hidden, self.layers = map(int, cells[1:6])
        directions, lengths = cells[6:] or ("1", "equal")
        self.directions = int(directions)
        self.unequal = lengths == "unequal"

    def lengths(self):
        """T for each sequence, or spread from T down to 1, as in BenchShape.Lengths."""
        share = lambda b: b * GOLDEN - math.floor(b * GOLDEN) if self.unequal else 0
        return [self.steps - int(self.steps * share(b)) for b in range(self.sequences)]

    def widths(self):
        """What each layer reads."""
        return [self.inputs] + [self.directions * self.hidden] * (self.layers - 1)

    def tokens(self):
        """N."""
        return sum(self.lengths())

    def operations(self):
        """Floating-point operations of one forward run, counted as in BenchShape.work."""
        gates = 2 * self.directions * GATES[self.cell] * self.hidden
        return sum(gates * (width + self.hidden) for width in self.widths()) * self.tokens()


def symbols(count):
    """The same symbols, with the frequencies of words in a text, as in Symbols of Elman's bench."""
    x = 1
    while True:
        x = (1664525 * x + 1013904223) % 2**32
        yield min(count, int((count + 1) ** (x / 2**32))) - 1


class Pytorch:
    """Sequences of unequal lengths are packed once, outside the time."""

    def __init__(self, threads, fused=False):
        import torch

        torch.set_num_threads(threads)
        torch.manual_seed(1)
        self.torch, self.fused = torch, fused
        self.name = f"pytorch-{'fused-adam-' if fused else ''}{torch.__version__}"

    def work(self, mode, shape):
        """What to run, and its amount; None where it is not done."""
        if shape.cell not in GATES or (mode != "infer" and shape.steps == 1):
            return None
        if mode == "language":
            return self.language(shape) if shape.directions == 1 else None
        if mode == "classify":
            return self.classify(shape) if shape.directions == 2 else None
        return self.layers(mode, shape)

    def recurrent(self, shape, inputs):
        return getattr(self.torch.nn, shape.cell)(
            inputs, shape.hidden, shape.layers, bidirectional=shape.directions == 2
        )

    def pack(self, rows, shape):
        """Rows [T, B, ...] without those after the ends of sequences."""
        lengths = self.torch.tensor(shape.lengths())
        return self.torch.nn.utils.rnn.pack_padded_sequence(rows, lengths, enforce_sorted=False)

    def layers(self, mode, shape):
        """Recurrent layers alone."""
        layer = self.recurrent(shape, shape.inputs)
        x = self.torch.randn(shape.steps, shape.sequences, shape.inputs)
        if shape.unequal:
            x = self.pack(x, shape)

        def infer():
            with self.torch.inference_mode():
                layer(x)

        def train():
            layer.zero_grad(set_to_none=True)
            outputs = layer(x)[0]
            (outputs.data if shape.unequal else outputs).sum().backward()

        return (infer, shape.operations()) if mode == "infer" else (train, 3 * shape.operations())

    def language(self, shape):
        """Truncated backpropagation over the streams of a text."""
        nn, count = self.torch.nn, shape.inputs
        embedding = nn.Embedding(count, shape.hidden)
        layers = self.recurrent(shape, shape.hidden)
        head = nn.Linear(shape.hidden, count)
        length = BATCHES * shape.steps  # of a stream
        source = symbols(count)
        text = self.torch.tensor([next(source) for _ in range(shape.sequences * length + 1)])
        inputs = text[:-1].view(shape.sequences, length).t().contiguous()
        targets = text[1:].view(shape.sequences, length).t().contiguous()
        step = self.step(embedding, layers, head)
        batch, state = 0, None

        def train():
            nonlocal batch, state
            chunk = slice(batch * shape.steps, (batch + 1) * shape.steps)
            batch = (batch + 1) % BATCHES
            rows, state = layers(embedding(inputs[chunk]), state)
            state = state.detach() if shape.cell != "LSTM" else tuple(s.detach() for s in state)
            step(head(rows).view(-1, count), targets[chunk].reshape(-1))

        return train, shape.tokens()

    def classify(self, shape):
        """Texts read both ways; what has read the whole text gives it one of two labels."""
        nn, width = self.torch.nn, 2 * shape.hidden
        embedding = nn.Embedding(shape.inputs, width)
        layers = self.recurrent(shape, width)
        head = nn.Linear(width, 2)
        source = symbols(shape.inputs)
        texts = [
            self.torch.tensor([next(source) for _ in range(length)]) for length in shape.lengths()
        ]
        x = nn.utils.rnn.pad_sequence(texts)  # [T, B]
        labels = self.torch.arange(shape.sequences) % 2
        step = self.step(embedding, layers, head)

        def train():
            rows = embedding(x)
            state = layers(self.pack(rows, shape) if shape.unequal else rows)[1]
            last = state[0] if shape.cell == "LSTM" else state
            step(head(self.torch.cat((last[-2], last[-1]), dim=1)), labels)

        return train, shape.tokens()

    def step(self, *modules):
        """Loss, blame, clipping and Adam, for the logits and targets it is given."""
        torch = self.torch
        weights = [weight for module in modules for weight in module.parameters()]
        optimizer = torch.optim.Adam(weights, RATE, fused=self.fused or None)

        def step(logits, targets):
            loss = torch.nn.functional.cross_entropy(logits, targets)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, LARGEST_NORM)
            optimizer.step()
            if not math.isfinite(loss.item()):
                raise ValueError("The loss is not finite.")

        return step


class OnnxRuntime:
    """A node for each layer; its threads rest between runs, so that they take nobody's time."""

    def __init__(self, threads):
        import numpy
        import onnx
        import onnxruntime

        self.numpy, self.onnx, self.onnxruntime = numpy, onnx, onnxruntime
        self.random = numpy.random.default_rng(1)
        self.options = onnxruntime.SessionOptions()
        self.options.intra_op_num_threads = threads
        self.options.inter_op_num_threads = 1
        self.options.add_session_config_entry("session.force_spinning_stop", "1")
        self.name = f"onnxruntime-{onnxruntime.__version__}"

    def work(self, mode, shape):
        """What to run, and its amount; None where it is not done."""
        if shape.cell not in GATES or mode != "infer":
            return None
        session = self.onnxruntime.InferenceSession(
            self.model(shape), self.options, providers=["CPUExecutionProvider"]
        )
        x = self.random.standard_normal((shape.steps, shape.sequences, shape.inputs))
        feed = {"x": x.astype(self.numpy.float32)}
        if shape.unequal:
            feed["lengths"] = self.numpy.array(shape.lengths(), dtype=self.numpy.int32)
        return lambda: session.run(None, feed), shape.operations()

    def model(self, shape):
        """The graph as bytes; its output is the last layer's, [T, directions, B, H]."""
        helper, types = self.onnx.helper, self.onnx.TensorProto
        nodes, constants = [], []
        if shape.layers > 1:
            constants.append(self.constant("joined", [0, 0, -1], self.numpy.int64))
        attributes = {"hidden_size": shape.hidden}
        if shape.directions == 2:
            attributes["direction"] = "bidirectional"
        if shape.cell == "GRU":
            attributes["linear_before_reset"] = 1  # PyTorch's and Elman's form
        lengths = "lengths" if shape.unequal else ""
        x = "x"
        for i, width in enumerate(shape.widths()):
            if i > 0:  # [T, directions, B, H] to [T, B, directions * H]
                nodes.append(helper.make_node("Transpose", [x], [f"t{i}"], perm=[0, 2, 1, 3]))
                nodes.append(helper.make_node("Reshape", [f"t{i}", "joined"], [f"x{i}"]))
                x = f"x{i}"
            constants += self.weights(i, shape, width)
            inputs = [x, f"W{i}", f"R{i}", f"B{i}", lengths]
            nodes.append(helper.make_node(shape.cell, inputs, [f"y{i}"], **attributes))
            x = f"y{i}"
        described = helper.make_tensor_value_info
        inputs = [described("x", types.FLOAT, [shape.steps, shape.sequences, shape.inputs])]
        if shape.unequal:
            inputs.append(described("lengths", types.INT32, [shape.sequences]))
        output = [shape.steps, shape.directions, shape.sequences, shape.hidden]
        graph = helper.make_graph(
            nodes, "layers", inputs, [described(x, types.FLOAT, output)], constants
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)])
        model.ir_version = 8
        return model.SerializeToString()

    def weights(self, i, shape, width):
        rows, limit = GATES[shape.cell] * shape.hidden, shape.hidden**-0.5
        sizes = {"W": (rows, width), "R": (rows, shape.hidden), "B": (2 * rows,)}
        return [
            self.constant(
                f"{name}{i}",
                self.random.uniform(-limit, limit, (shape.directions, *size)),
                self.numpy.float32,
            )
            for name, size in sizes.items()
        ]

    def constant(self, name, values, kind):
        return self.onnx.numpy_helper.from_array(self.numpy.asarray(values, dtype=kind), name)


class Sgemm:
    """The same product in every mode."""

    ROWS = 1024

    def __init__(self, threads):
        import torch

        torch.set_num_threads(threads)
        torch.manual_seed(1)
        self.name = f"sgemm-pytorch-{torch.__version__}"
        a, b = torch.randn(2, self.ROWS, self.ROWS)
        c = torch.empty(self.ROWS, self.ROWS)
        self.product = lambda: torch.mm(a, b, out=c)

    def work(self, mode, shape):
        """What to run, and its operations."""
        return self.product, 2 * self.ROWS**3


def measure(work, n):
    start = time.perf_counter()
    for _ in range(n):
        work()
    return time.perf_counter() - start


def runs(work, at_least):
    """Warms the work up and finds how many runs of it a repetition needs."""
    work()
    work()
    n = 1
    while (took := measure(work, n)) < at_least:
        n = max(2 * n, int(n * at_least / took) + 1)
    return n


def answers(engine, seconds):
    """A line for each line of the input; raises ValueError when one is no request."""
    prepared = n = None
    for line in sys.stdin:
        words = line.split()
        if len(words) == 3 and words[0] == "prepare" and words[1] in MODES:
            prepared = None  # the shape before is freed first
            prepared = engine.work(words[1], Shape(words[2]))
            if prepared:
                n = runs(prepared[0], seconds)
            yield f"ready {prepared[1]}" if prepared else "none"
        elif words == ["go"] and prepared:
            yield f"{measure(prepared[0], n) / n * 1e6:.3f}"
        else:
            raise ValueError(f"Expected a request, found '{line.strip()}'.")


def main():
    engines = {
        "pytorch": Pytorch,
        "pytorch-fused-adam": lambda threads: Pytorch(threads, fused=True),
        "onnxruntime": OnnxRuntime,
        "sgemm": Sgemm,
    }
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("engine", choices=engines)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--seconds", type=float, default=0.5, help="of one repetition, at least")
    options = arguments.parse_args()
    engine = engines[options.engine](options.threads)
    print(engine.name, flush=True)
    try:
        for answer in answers(engine, options.seconds):
            print(answer, flush=True)
    except ValueError as wrong:
        print("error", wrong, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
