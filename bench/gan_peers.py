#!/usr/bin/env python3
"""gan_peers.py GYRE [TRAINING...]: trainings of `gyre train`, presets or files named like them, and
the same ones in ordinary PyTorch, one after the other, three times each, with one thread; prints
both speeds and their ratio, the best of the three. Then what a step of other rules costs, in steps
of the plain one, and the memory of the largest training. Speeds are by CPU time: others may use the
machine, too. Needs Debian's python3-torch (and so /usr/bin/python3). A timing is never a test."""

import json
import math
import os
import pathlib
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


def alternating(g, d, latent, batch, data, rate, betas, apart=False):
    """A step of two networks on pictures: the discriminator's turn, on data and fakes together or
    one after the other, then the generator's."""
    for_g = torch.optim.Adam(g.parameters(), lr=rate, betas=betas)
    for_d = torch.optim.Adam(d.parameters(), lr=rate, betas=betas)
    loss = nn.BCEWithLogitsLoss()
    one, zero = torch.ones(batch, 1), torch.zeros(batch, 1)

    def step():
        for_d.zero_grad()
        with torch.no_grad():
            fake = g(torch.randn(batch, latent))
        real = data[torch.randint(len(data), (batch,))]
        if apart:
            loss(d(real), one).backward()
            for_d.step()
            for_d.zero_grad()
            loss(d(fake), zero).backward()
        else:
            (loss(d(real), one) + loss(d(fake), zero)).backward()
        for_d.step()
        for_g.zero_grad()
        loss(d(g(torch.randn(batch, latent))), one).backward()
        for_g.step()

    return step


def mnist_book():
    """As the preset: 100-200-784 against 784-200-1, one picture at a time. What is in the pictures
    does not matter for the speed."""
    g = nn.Sequential(nn.Linear(100, 200), nn.LeakyReLU(0.02), nn.LayerNorm(200),
                      nn.Linear(200, 784), nn.Sigmoid())
    d = nn.Sequential(nn.Linear(784, 200), nn.LeakyReLU(0.02), nn.LayerNorm(200),
                      nn.Linear(200, 1))
    return alternating(g, d, 100, 1, torch.rand(10000, 784), 1e-4, (0.9, 0.999), apart=True)


def mnist_dcgan():
    """As the preset: up-sampling and convolutions, 64 channels at the narrowest, batch 64."""
    g = nn.Sequential(nn.Linear(64, 3136), nn.Unflatten(1, (64, 7, 7)), nn.BatchNorm2d(64),
                      nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv2d(64, 32, 3, padding=1),
                      nn.BatchNorm2d(32), nn.ReLU(), nn.Upsample(scale_factor=2),
                      nn.Conv2d(32, 1, 3, padding=1), nn.Tanh())
    d = nn.Sequential(nn.Conv2d(1, 32, 4, 2, padding=2), nn.LeakyReLU(0.2),
                      nn.Conv2d(32, 64, 4, 2, padding=2), nn.BatchNorm2d(64), nn.LeakyReLU(0.2),
                      nn.Flatten(), nn.Linear(64 * 8 * 8, 1))
    return alternating(g, d, 64, 64, torch.rand(10000, 1, 28, 28), 2e-4, (0.5, 0.999))


def time_of_python(training, steps):
    """CPU seconds a step, in a process of its own: what ran before in a process has taught its
    allocator to keep memory, and the next training is up to twice as fast for it."""
    made = subprocess.run([sys.executable, __file__, "--python", training, str(steps)],
                          capture_output=True, check=True, text=True)
    return float(made.stdout)


def measure_python(make, steps):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    step = make()
    for _ in range(min(20, steps)):
        step()
    start = time.process_time()
    for _ in range(steps):
        step()
    print((time.process_time() - start) / steps)


def run_gyre(gyre, training, steps, *settings):
    """CPU seconds and memory in kilobytes of a training and all around it."""
    words = [gyre, "train", training, "--steps", str(steps), "--quiet", "--json"]
    for setting in (f"log={steps}", f"checkpoint={steps}", "samples=64", *settings):
        words += ["--set", setting]
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.Popen(words + ["--out", folder + "/run"], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(made.pid, 0)
    if status != 0:
        sys.exit(" ".join(words) + " failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


class OfGyre:
    """CPU seconds a step: what more steps cost, so that what is done once does not count. Of short
    and of long trainings the quickest counts, each for itself: a difference of two that were
    measured together is small where the short one was held up."""

    def __init__(self, gyre, training, steps, *settings):
        self.words, self.settings = (gyre, training), settings
        self.few, self.steps = max(1, steps // 10), steps
        self.short = self.long = math.inf

    def measure(self):
        self.short = min(self.short, run_gyre(*self.words, self.few, *self.settings)[0])
        self.long = min(self.long, run_gyre(*self.words, self.few + self.steps, *self.settings)[0])

    def a_step(self):
        return (self.long - self.short) / self.steps


TRAININGS = {"ring8": (ring8, 300, 600), "pattern-1010": (pattern_1010, 1500, 200000),
             "mnist-book": (mnist_book, 300, 3000), "mnist-dcgan": (mnist_dcgan, 8, 16)}

ADAM = "adam(beta1=0.5, beta2=0.999)"
RULES = [("extragradient", f"{ADAM} | extragradient(eta=0.001)"),
         ("consensus", f"conopt(gamma=0.1) | {ADAM} | simultaneous(eta=0.001)")]


def main():
    if sys.argv[1] == "--python":
        return measure_python(TRAININGS[sys.argv[2]][0], int(sys.argv[3]))
    gyre = sys.argv[1]
    trainings = sys.argv[2:] or list(TRAININGS)
    for training in trainings:
        name = pathlib.Path(training).stem
        _, theirs, ours = TRAININGS[name]
        python, ours = math.inf, OfGyre(gyre, training, ours)
        for _ in range(3):
            python = min(python, time_of_python(name, theirs))
            ours.measure()
        own = ours.a_step()
        print(f"{training}: gyre {1 / own:.5g} steps/s, PyTorch {1 / python:.5g} steps/s, "
              f"ratio {python / own:.2f}", flush=True)
    if "ring8" in trainings:
        plain = OfGyre(gyre, "ring8", 1000, f"rule={ADAM} | simultaneous(eta=0.001)")
        costs = {name: OfGyre(gyre, "ring8", 1000, f"rule={rule}") for name, rule in RULES}
        for _ in range(5):
            for rule in (plain, *costs.values()):
                rule.measure()
        for name, rule in costs.items():
            print(f"ring8: a step of {name} costs {rule.a_step() / plain.a_step():.2f} "
                  "simultaneous steps")
    for training in trainings:
        if pathlib.Path(training).stem == "mnist-dcgan":
            print(f"{training}: {run_gyre(gyre, training, 20)[1] / 2**20:.2f} GB")


if __name__ == "__main__":
    main()
