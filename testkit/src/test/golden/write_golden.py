"""Writes the golden files: what PyTorch computes from given weights, for the tests to compare with.

    python3 -m venv venv && venv/bin/pip install "torch==2.13.*" numpy safetensors
    venv/bin/python testkit/src/test/golden/write_golden.py testkit/src/test/resources/golden

Everything given (weights, inputs, targets) is a float32. Everything computed from it is computed in
float64 and rounded once to float32, so that a difference seen in a test is the tested code's own.
README.md beside this script lists the files and the names in them.

Letters: T time steps, B sequences, N tokens (the sum of the lengths), D input features, H hidden
units, V classes, G gates. Sequences are packed: the rows of step t are contiguous.
"""
import json
import math
import struct
import sys
from pathlib import Path

import numpy
import safetensors.numpy
import torch
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence

LENGTHS = [6, 5, 5, 2]
B, D, H, P = 4, 3, 5, 2


class Numbers:
    """A stream of float32 numbers, no two alike; a new one per case.

    The counter is squared because cos(i * columns + j) alone would make every matrix one of rank 2.
    """

    def __init__(self):
        self.counter = 0
        self.seen = set()

    def next(self, *shape, scale=0.5):
        values = []
        for _ in range(math.prod(shape)):
            self.counter += 1
            value = numpy.float32(scale * math.cos(self.counter + 0.37 * self.counter**2))
            assert value not in self.seen, "two numbers alike: change the formula"
            self.seen.add(value)
            values.append(value)
        return torch.tensor(numpy.array(values), dtype=torch.float64).reshape(shape)


def write(folder, case, tensors, **settings):
    """Writes one safetensors file: tensors in the order given, settings as its metadata.

    Written by hand because the library's own writer orders the metadata differently on each run.
    """
    metadata = {"case": case, "torch": torch.__version__, "precision": "computed in float64, stored as float32"}
    metadata.update({name: str(value) for name, value in settings.items()})
    header, data = {"__metadata__": metadata}, b""
    for name, tensor in tensors.items():
        array = numpy.atleast_1d(torch.as_tensor(tensor).detach().numpy().astype("<f4"))
        assert numpy.isfinite(array).all(), name
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    file = folder / f"{case}.safetensors"
    file.write_bytes(struct.pack("<Q", len(text)) + text + data)
    assert list(safetensors.numpy.load_file(file)) and file.stat().st_size < 20_000, file


def given(tensor):
    return tensor.clone().requires_grad_(True)


def gradients(tensors):
    return {f"grad.{name}": tensor.grad for name, tensor in tensors.items()}


# --- recurrent layers -------------------------------------------------------------------------------


def recurrent(folder, name, layers, bidirectional):
    numbers = Numbers()
    kind = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[name.split("_")[0]]
    options = {"nonlinearity": name[4:]} if kind is torch.nn.RNN else {"proj_size": P} if name == "lstm_projection" else {}
    layer = kind(D, H, layers, bidirectional=bidirectional, dtype=torch.float64, **options)
    weights = dict(layer.named_parameters())
    with torch.no_grad():
        for weight in weights.values():
            weight.copy_(numbers.next(*weight.shape))

    directions = 2 if bidirectional else 1
    batch_sizes = [sum(length > t for length in LENGTHS) for t in range(max(LENGTHS))]
    tokens = sum(LENGTHS)
    leaves = {"input": given(numbers.next(tokens, D, scale=1.0))}
    states = ["h0", "c0"] if kind is torch.nn.LSTM else ["h0"]
    for state in states:
        width = P if options.get("proj_size") and state == "h0" else H
        leaves[state] = given(numbers.next(layers * directions, B, width, scale=0.8))

    packed = PackedSequence(leaves["input"], torch.tensor(batch_sizes))
    start = (leaves["h0"], leaves["c0"]) if kind is torch.nn.LSTM else leaves["h0"]
    output, end = layer(packed, start)
    assert output.batch_sizes.tolist() == batch_sizes
    results = {"output": output.data, "h_n": end[0] if kind is torch.nn.LSTM else end}
    if kind is torch.nn.LSTM:
        results["c_n"] = end[1]
    blame = {f"loss.{key}": numbers.next(*value.shape, scale=1.0) for key, value in results.items()}
    loss = sum((results[key] * blame[f"loss.{key}"]).sum() for key in results)
    loss.backward()
    if name == "rnn_relu":
        off = (output.data == 0).double().mean()
        assert 0.1 < off < 0.9, f"both branches of the relu must occur, {off} of the outputs are off"

    file = {**weights, "lengths": torch.tensor(LENGTHS), "batch_sizes": torch.tensor(batch_sizes)}
    file |= {**leaves, **results, **blame, "loss": loss, **gradients(weights), **gradients(leaves)}
    write(folder, f"{name}_l{layers}" + ("_bi" if bidirectional else ""), file, kind="recurrent", cell=name,
          layers=layers, directions=directions, loss="sum over x in output, h_n, c_n of sum(x * loss.x)")


# --- layers that know nothing of time ---------------------------------------------------------------


def rows(folder, case, leaves, output, numbers, **more):
    """A layer over N rows: L = sum(output * loss.output)."""
    blame = numbers.next(*output.shape, scale=1.0)
    loss = (output * blame).sum()
    loss.backward()
    write(folder, case, {**leaves, **more, "output": output, "loss.output": blame, "loss": loss, **gradients(leaves)},
          kind="layer", loss="sum(output * loss.output)")


def linear(folder):
    numbers = Numbers()
    leaves = {"weight": given(numbers.next(4, 3)), "bias": given(numbers.next(4)), "input": given(numbers.next(7, 3))}
    rows(folder, "linear", leaves, functional.linear(leaves["input"], leaves["weight"], leaves["bias"]), numbers)


def embedding(folder):
    numbers = Numbers()
    weight, indices = given(numbers.next(6, 4)), torch.tensor([3, 0, 5, 3, 1, 3, 0, 2])  # 4 never, 3 thrice
    rows(folder, "embedding", {"weight": weight}, functional.embedding(indices, weight), numbers, input=indices)


# --- losses -----------------------------------------------------------------------------------------


def loss_case(folder, case, function, input, target, **settings):
    """`loss_elements` is one number for each row or element, `loss` their mean, `grad.input` the mean's gradient."""
    leaf = given(input)
    elements = function(leaf, target)
    elements.mean().backward()
    write(folder, case, {"input": leaf, "target": target, "loss_elements": elements, "loss": elements.mean(),
                         "grad.input": leaf.grad}, kind="loss", **settings)


def losses(folder):
    logits = Numbers().next(7, 5, scale=3.0)
    logits[2] += 200  # exp() of this overflows a float
    logits = logits.float().double()
    classes = torch.tensor([4, 0, 2, 1, 1, 3, 0])
    for case, smoothing in (("cross_entropy", 0.0), ("cross_entropy_smoothing", 0.1)):
        loss_case(folder, case, lambda x, y: functional.cross_entropy(x, y, reduction="none", label_smoothing=smoothing),
                  logits, classes, label_smoothing=smoothing)

    numbers = Numbers()
    input, target = numbers.next(7, 3, scale=1.5), numbers.next(7, 3, scale=1.0)
    gap = (input - target).abs()
    assert 5 < (gap < 0.7).sum() < 16 and gap.min() > 1e-3, "both branches of the Huber loss must occur"
    loss_case(folder, "mse", lambda x, y: functional.mse_loss(x, y, reduction="none"), input, target)
    loss_case(folder, "l1", lambda x, y: functional.l1_loss(x, y, reduction="none"), input, target)
    loss_case(folder, "huber", lambda x, y: functional.huber_loss(x, y, reduction="none", delta=0.7), input, target, delta=0.7)

    numbers = Numbers()
    logits = numbers.next(7, 3, scale=4.0)
    logits[0, 0], logits[1, 1], logits[2, 2], logits[3, 0] = 100, -100, 100, -100  # two right, two utterly wrong
    yes = torch.tensor([[1, 0, 1], [0, 0, 1], [1, 1, 0], [1, 0, 0], [0, 1, 1], [1, 0, 1], [0.25, 0.5, 0.75]]).double()
    loss_case(folder, "bce_with_logits", lambda x, y: functional.binary_cross_entropy_with_logits(x, y, reduction="none"), logits, yes)

    quantiles = torch.tensor([0.1, 0.5, 0.75]).double()
    target = numbers.next(7)

    def pinball(x, y):
        short = y[:, None] - x
        return torch.maximum(quantiles * short, (quantiles - 1) * short)

    loss_case(folder, "pinball", pinball, numbers.next(7, 3), target, quantiles="0.1 0.5 0.75",
              formula="max(q * (target - input), (q - 1) * (target - input))")


def distributions(folder):
    """Negative log-likelihoods of rows, by torch.distributions; the last rows are the hard ones."""
    from torch.distributions import Bernoulli, Categorical, Independent, MixtureSameFamily, Normal

    numbers = Numbers()
    logits, yes = numbers.next(7, 3, scale=4.0), torch.tensor([[1, 0, 1], [0, 0, 1], [1, 1, 0], [1, 0, 0], [0, 1, 1], [1, 0, 1], [0, 0, 1]]).double()
    logits[5, 0], logits[5, 1], logits[6, 0], logits[6, 2] = 100, -100, 100, -100
    loss_case(folder, "bernoulli", lambda x, y: -Independent(Bernoulli(logits=x), 1).log_prob(y), logits, yes)

    input, target = numbers.next(7, 4, scale=1.5), numbers.next(7, 2, scale=1.0)
    input[5, 2], input[6, 3] = -2, 4  # a small deviation and a large one
    loss_case(folder, "gaussian", lambda x, y: -Independent(Normal(x[:, :2], x[:, 2:].exp()), 1).log_prob(y), input, target)

    input, target = numbers.next(7, 15, scale=1.5), numbers.next(7, 2, scale=1.0)
    input[5, 0], input[6, 1], input[6, 2], input[5, 9] = 100, -100, 100, -2

    def mixture(x, y):
        means, deviations = x[:, 3:9].reshape(-1, 3, 2), x[:, 9:].reshape(-1, 3, 2).exp()
        return -MixtureSameFamily(Categorical(logits=x[:, :3]), Independent(Normal(means, deviations), 1)).log_prob(y)

    loss_case(folder, "gaussian_mixture", mixture, input, target, components=3)


# --- optimizers, clipping, schedules ----------------------------------------------------------------


def optimizer(folder, case, kind, **settings):
    """Ten gradients, given beforehand, drive two parameters; `after.x[i]` is x after step i + 1."""
    numbers = Numbers()
    shapes = {"a": (3,), "b": (2, 4)}
    start = {name: numbers.next(*shape) for name, shape in shapes.items()}
    # The size of a gradient swings by a factor of 100, and each step is turned differently.
    given_gradients = {name: torch.stack([numbers.next(*shape, scale=10 ** math.cos(i)) for i in range(10)])
                       for name, shape in shapes.items()}
    parameters = {name: given(value) for name, value in start.items()}
    steps = kind(parameters.values(), **settings)
    after = {name: [] for name in shapes}
    for i in range(10):
        for name, parameter in parameters.items():
            parameter.grad = given_gradients[name][i].clone()
        steps.step()
        for name, parameter in parameters.items():
            after[name].append(parameter.detach().clone())
    file = {f"start.{name}": value for name, value in start.items()}
    file |= {f"grad.{name}": value for name, value in given_gradients.items()}
    file |= {f"after.{name}": torch.stack(value) for name, value in after.items()}
    used = {key: value for key, value in steps.defaults.items()
            if key in "lr momentum dampening weight_decay nesterov alpha eps centered betas".split()}
    write(folder, case, file, kind="optimizer", optimizer=kind.__name__, **used)


def optimizers(folder):
    SGD, RMSprop, Adam, AdamW = torch.optim.SGD, torch.optim.RMSprop, torch.optim.Adam, torch.optim.AdamW
    optimizer(folder, "sgd", SGD, lr=0.05)
    optimizer(folder, "sgd_weight_decay", SGD, lr=0.05, weight_decay=0.1)
    optimizer(folder, "sgd_momentum", SGD, lr=0.05, momentum=0.9)
    optimizer(folder, "sgd_nesterov", SGD, lr=0.05, momentum=0.9, nesterov=True)
    optimizer(folder, "rmsprop", RMSprop)
    optimizer(folder, "rmsprop_momentum", RMSprop, momentum=0.9)
    optimizer(folder, "adam", Adam, lr=0.01)
    optimizer(folder, "adam_weight_decay", Adam, lr=0.01, weight_decay=0.1)
    optimizer(folder, "adamw", AdamW, lr=0.01)
    optimizer(folder, "adamw_weight_decay", AdamW, lr=0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)


def clipping(folder):
    for case, limit in (("clip_grad_norm_above", 1.25), ("clip_grad_norm_below", 125.0)):
        numbers = Numbers()
        before = {"a": numbers.next(3, scale=2.0), "b": numbers.next(2, 4, scale=2.0)}
        leaves = {name: given(torch.zeros_like(value)) for name, value in before.items()}
        for name, leaf in leaves.items():
            leaf.grad = before[name].clone()
        norm = torch.nn.utils.clip_grad_norm_(leaves.values(), limit)
        assert (norm > limit) == case.endswith("above")
        file = {f"before.{name}": value for name, value in before.items()}
        file |= {f"after.{name}": leaf.grad for name, leaf in leaves.items()}
        write(folder, case, {**file, "norm": norm}, kind="clipping", max_norm=limit,
              formula="gradient * min(1, max_norm / (norm + 1e-6))")


def schedules(folder):
    """The learning rate used by step i, for each schedule, from a base rate of 0.4."""
    schedule = torch.optim.lr_scheduler

    def rates(make, steps):
        steps_of = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
        plan, rate = make(steps_of), []
        for _ in range(steps):
            rate.append(steps_of.param_groups[0]["lr"])
            steps_of.step()
            plan.step()
        return torch.tensor(rate, dtype=torch.float64)

    def warmup_then_cosine(o):
        return schedule.SequentialLR(o, [schedule.LinearLR(o, 1 / 5, total_iters=4), schedule.CosineAnnealingLR(o, 9)], [4])

    write(folder, "schedules", {
        "cosine": rates(lambda o: schedule.CosineAnnealingLR(o, T_max=10, eta_min=0.02), 11),
        "step": rates(lambda o: schedule.StepLR(o, step_size=3, gamma=0.5), 11),
        "exponential": rates(lambda o: schedule.ExponentialLR(o, gamma=0.9), 11),
        "warmup": rates(lambda o: schedule.LinearLR(o, start_factor=1 / 5, total_iters=4), 11),
        "warmup_from_tenth": rates(lambda o: schedule.LinearLR(o, start_factor=0.1, total_iters=5), 11),
        "warmup_then_cosine": rates(warmup_then_cosine, 14),
    }, kind="schedules", base=0.4, cosine="T_max 10, eta_min 0.02", step="every 3 steps times 0.5",
        exponential="every step times 0.9", warmup="5 steps: base * min(1, (i + 1) / 5)",
        warmup_from_tenth="base * min(1, 0.1 + 0.9 * i / 5)",
        warmup_then_cosine="warmup for steps 0 to 3, then base * (1 + cos(pi * (i - 4) / 9)) / 2")


# --- a whole training, ten steps long ---------------------------------------------------------------


def character_model(folder):
    """Truncated backpropagation through time: three streams, ten chunks of six symbols, state carried over."""
    numbers = Numbers()
    V, E, streams, chunk, steps = 7, 4, 3, 6, 10
    model = torch.nn.ModuleDict({"embedding": torch.nn.Embedding(V, E), "lstm": torch.nn.LSTM(E, H),
                                 "dense": torch.nn.Linear(H, V)}).double()
    weights = dict(model.named_parameters())
    with torch.no_grad():
        for name, weight in weights.items():
            # The outer weights are large, so that some steps are clipped.
            weight.copy_(numbers.next(*weight.shape, scale=1.0 if name.startswith("lstm") else 4.0))
    file = {f"start.{name}": weight.detach().clone() for name, weight in weights.items()}
    text = torch.tensor([[(i * i + s * (i // V)) % V for i in range(steps * chunk + 1)] for s in range(streams)])

    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    state, losses_seen, norms = None, [], []
    for step in range(steps):
        window = text[:, step * chunk:(step + 1) * chunk + 1].T
        hidden, state = model["lstm"](model["embedding"](window[:-1]), state)
        state = tuple(s.detach() for s in state)
        loss = functional.cross_entropy(model["dense"](hidden).reshape(-1, V), window[1:].reshape(-1))
        adam.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        adam.step()
        losses_seen.append(loss.item())
    assert 0 < sum(norm > 1 for norm in norms) < steps, f"some steps must be clipped and some not: {norms}"
    assert losses_seen[-1] < losses_seen[0], losses_seen
    file |= {"text": text, "losses": torch.tensor(losses_seen).double(), "norms": torch.tensor(norms).double()}
    file |= {"h_n": state[0], "c_n": state[1]} | {f"end.{name}": weight for name, weight in weights.items()}
    write(folder, "character_model", file, kind="training", chunk=chunk, loss="cross-entropy, mean over the chunk's tokens",
          optimizer="Adam lr 0.01 betas 0.9 0.999 eps 1e-8", clip_norm=1.0, state="zero at first, then carried, without gradient")


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("rnn_tanh", "rnn_relu", "gru", "lstm", "lstm_projection"):
        for layers in (1, 2):
            for bidirectional in (False, True):
                recurrent(folder, name, layers, bidirectional)
    for part in (linear, embedding, losses, distributions, optimizers, clipping, schedules, character_model):
        part(folder)
    files = sorted(folder.glob("*.safetensors"))
    size = sum(file.stat().st_size for file in files)
    assert size < 300_000, size
    print(f"{len(files)} files, {size:,} bytes, PyTorch {torch.__version__}")


if __name__ == "__main__":
    main()
