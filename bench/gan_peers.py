#!/usr/bin/env python3
"""gan_peers.py GYRE: trainings of `gyre train` and the same ones in ordinary PyTorch, one after the
other, three times each, with one thread; prints both speeds and their ratio, the best of the three.
Needs Debian's python3-torch (and so /usr/bin/python3). A timing is never a test."""

import json
import math
import subprocess
import sys
import tempfile
import time

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit("there is no torch for this Python: apt-get install python3-torch, and use "
             "/usr/bin/python3")


def ring8():
    """As the preset: 2x128 networks, batch 512, Adam, in turn, fresh samples."""
    batch = 512
    g = nn.Sequential(nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(),
                      nn.Linear(128, 2))
    d = nn.Sequential(nn.Linear(2, 128), nn.LeakyReLU(0.2), nn.Linear(128, 128),
                      nn.LeakyReLU(0.2), nn.Linear(128, 1))
    for_g = torch.optim.Adam(g.parameters(), lr=1e-3, betas=(0.5, 0.999))
    for_d = torch.optim.Adam(d.parameters(), lr=1e-3, betas=(0.5, 0.999))
    angle = torch.arange(8) * (2 * math.pi / 8)
    centres = 2 * torch.stack([angle.cos(), angle.sin()], 1)
    loss = nn.BCEWithLogitsLoss()
    one, zero = torch.ones(batch, 1), torch.zeros(batch, 1)

    def step():
        for_d.zero_grad()
        with torch.no_grad():
            fake = g(torch.randn(batch, 2))
        real = centres[torch.randint(8, (batch,))] + 0.02 * torch.randn(batch, 2)
        (loss(d(real), one) + loss(d(fake), zero)).backward()
        for_d.step()
        for_g.zero_grad()
        loss(d(g(torch.randn(batch, 2))), one).backward()
        for_g.step()

    return step


def pattern_1010():
    """As the preset: networks of three hidden numbers, one sample at a time, plain steps."""
    g = nn.Sequential(nn.Linear(1, 3), nn.Sigmoid(), nn.Linear(3, 4), nn.Sigmoid())
    d = nn.Sequential(nn.Linear(4, 3), nn.Sigmoid(), nn.Linear(3, 1), nn.Sigmoid())
    for_g = torch.optim.SGD(g.parameters(), lr=0.03)
    for_d = torch.optim.SGD(d.parameters(), lr=0.03)
    low, high = torch.tensor([[0.8, 0.0, 0.8, 0.0]]), torch.tensor([[1.0, 0.2, 1.0, 0.2]])
    loss = nn.MSELoss()
    one, zero = torch.ones(1, 1), torch.zeros(1, 1)

    def step():
        for_d.zero_grad()
        with torch.no_grad():
            fake = g(torch.rand(1, 1))
        real = low + (high - low) * torch.rand(1, 4)
        (0.5 * loss(d(real), one) + 0.5 * loss(d(fake), zero)).backward()
        for_d.step()
        for_g.zero_grad()
        (0.5 * loss(d(g(torch.rand(1, 1))), one)).backward()
        for_g.step()

    return step


def speed_of_python(make, steps):
    step = make()
    for _ in range(20):
        step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return steps / (time.perf_counter() - start)


def speed_of_gyre(gyre, preset, steps):
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(
            [gyre, "train", preset, "--steps", str(steps), "--quiet", "--json", "--out",
             folder + "/run", "--set", f"log={steps}", "--set", f"checkpoint={steps}"],
            capture_output=True, check=True, text=True)
    return steps / json.loads(made.stdout)["seconds"]


def main():
    torch.manual_seed(1)
    torch.set_num_threads(1)
    for preset, make, theirs, ours in [("ring8", ring8, 300, 600),
                                       ("pattern-1010", pattern_1010, 1500, 100000)]:
        python = gyre = 0.0
        for _ in range(3):
            python = max(python, speed_of_python(make, theirs))
            gyre = max(gyre, speed_of_gyre(sys.argv[1], preset, ours))
        print(f"{preset}: gyre {gyre:.0f} steps/s, PyTorch {python:.0f} steps/s, "
              f"ratio {gyre / python:.2f}", flush=True)


if __name__ == "__main__":
    main()
