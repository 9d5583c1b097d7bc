#!/usr/bin/env python3
"""What the same steps cost as they are usually written in Python. Prints one line of JSON a peer:
{"peer": ..., "version": ..., "lanes": ..., "steps_a_second": ...}. A peer whose package is missing
says {"peer": ..., "missing": ...}.

usage: peers.py PEER [SECONDS]     PEER: numpy, numpy-in-place, torch-batch, torch-scalar, python
"""

import json
import sys
import time

ETA = 0.1


def rate(advance, lanes, seconds):
    """The best of several runs of about `seconds` in all; `advance(n)` makes n steps of all lanes."""
    advance(1)
    steps, best = 1, 0.0
    end = time.perf_counter() + seconds
    while True:
        begin = time.perf_counter()
        advance(steps)
        now = time.perf_counter()
        best = max(best, steps * lanes / (now - begin))
        if now >= end:
            return best
        if now - begin < seconds / 10:
            steps = min(2 * steps, 50_000)  # more would overflow between two looks


def with_numpy(lanes):
    """Simultaneous steps on x*y over whole arrays, as one writes them."""
    import numpy

    state = [numpy.linspace(-1.0, 1.0, lanes), numpy.linspace(1.0, -1.0, lanes)]

    def advance(steps):
        x, y = state
        for _ in range(steps):
            x, y = x - ETA * y, y + ETA * x
        if abs(x[0]) > 1e100:  # it grows: begin again in time
            x, y = numpy.linspace(-1.0, 1.0, lanes), numpy.linspace(1.0, -1.0, lanes)
        state[:] = x, y

    return advance, numpy.__version__


def with_numpy_in_place(lanes):
    """Simultaneous steps on x*y over whole arrays, in place, with no array made in the loop."""
    import numpy

    x = numpy.linspace(-1.0, 1.0, lanes)
    y = x[::-1].copy()
    dx, dy = numpy.empty_like(x), numpy.empty_like(y)

    def advance(steps):
        for _ in range(steps):
            numpy.multiply(y, ETA, out=dx)
            numpy.multiply(x, ETA, out=dy)
            numpy.subtract(x, dx, out=x)
            numpy.add(y, dy, out=y)
        if abs(x[0]) > 1e100:
            x[:] = numpy.linspace(-1.0, 1.0, lanes)
            y[:] = x[::-1]

    return advance, numpy.__version__


def with_torch_batches(lanes):
    """The same with PyTorch on one thread, in place, without its graph of derivatives."""
    import torch

    torch.set_num_threads(1)
    x = torch.linspace(-1.0, 1.0, lanes, dtype=torch.float64)
    y = x.flip(0).clone()
    old = torch.empty_like(x)

    @torch.no_grad()
    def advance(steps):
        for _ in range(steps):
            old.copy_(x)
            x.sub_(y, alpha=ETA)
            y.add_(old, alpha=ETA)
        if abs(float(x[0])) > 1e100:
            x.copy_(torch.linspace(-1.0, 1.0, lanes, dtype=torch.float64))
            y.copy_(x.flip(0))

    return advance, torch.__version__


def with_torch_scalar():
    """The usual loop of a tutorial: two parameters, a loss each, gradients by backward()."""
    import torch

    torch.set_num_threads(1)
    x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    y = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)

    def advance(steps):
        for _ in range(steps):
            gx, gy = torch.autograd.grad(x * y, (x, y))
            with torch.no_grad():
                x.sub_(gx, alpha=ETA)
                y.add_(gy, alpha=ETA)
        if abs(float(x.detach())) > 1e100:
            with torch.no_grad():
                x.fill_(1.0)
                y.fill_(1.0)

    return advance, torch.__version__


def with_python():
    """Two numbers and a loop."""
    state = [1.0, 1.0]

    def advance(steps):
        x, y = state
        for _ in range(steps):
            x, y = x - ETA * y, y + ETA * x
        state[:] = (1.0, 1.0) if abs(x) > 1e100 else (x, y)

    return advance, sys.version.split()[0]


BATCHES = (1_000, 10_000, 100_000)  # the best of these counts: too few cost calls, too many cache
PEERS = {
    "numpy": (with_numpy, BATCHES),
    "numpy-in-place": (with_numpy_in_place, BATCHES),
    "torch-batch": (with_torch_batches, BATCHES),
    "torch-scalar": (with_torch_scalar, None),
    "python": (with_python, None),
}


def measure(peer, seconds):
    make, batches = PEERS[peer]
    if batches is None:
        advance, version = make()
        return {"peer": peer, "version": version, "lanes": 1,
                "steps_a_second": rate(advance, 1, seconds)}
    best = {"steps_a_second": 0.0}
    for lanes in batches:
        advance, version = make(lanes)
        found = rate(advance, lanes, seconds / len(batches))
        if found > best["steps_a_second"]:
            best = {"peer": peer, "version": version, "lanes": lanes, "steps_a_second": found}
    return best


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in PEERS:
        sys.exit(__doc__)
    peer = sys.argv[1]
    try:
        print(json.dumps(measure(peer, float(sys.argv[2]) if len(sys.argv) == 3 else 1.0)))
    except ImportError as problem:
        print(json.dumps({"peer": peer, "missing": problem.name or str(problem)}))


if __name__ == "__main__":
    main()
