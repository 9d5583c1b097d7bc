#!/usr/bin/env python3
"""metrics_numpy.py GYRE [--plant]: scores of `gyre evaluate` against the same by NumPy and
PyTorch, on pictures that are made here and looked at by a TorchScript module, which gives their
pixels and some products of them as features."""

import json
import os
import subprocess
import sys
import tempfile

import crosscheck

try:
    import numpy as np
    import torch
except ImportError as problem:
    print(f"skipped: {problem} (python3-numpy, python3-torch); ./dev setup crosscheck")
    sys.exit(crosscheck.SKIPPED)


class Looks(torch.nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        flat = x.flatten(1)
        return torch.cat([flat, 3 * flat[:, :4] * flat[:, 4:8]], 1)


def root(a):
    """Of a matrix with real eigenvalues from 0 up, which need not be symmetric."""
    values, vectors = np.linalg.eig(a)
    return vectors @ np.diag(np.sqrt(values.astype(complex))) @ np.linalg.inv(vectors)


def fid(x, y):
    s, t = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    apart = x.mean(0) - y.mean(0)
    return (apart @ apart + np.trace(s + t) - 2 * np.trace(root(s @ t))).real


def distances(x, y):
    return np.sqrt(((x[:, None, :] - y[None, :, :]) ** 2).sum(2))


def balls(x, k):
    return np.sort(distances(x, x), 1)[:, k]  # place 0 is the sample itself


def scores(real, made):
    apart = distances(real, made)
    return {
        "fid": fid(real, made),
        "precision": (apart <= balls(real, 3)[:, None]).any(0).mean(),
        "recall": (apart <= balls(made, 3)[None, :]).any(1).mean(),
        "density": (apart <= balls(real, 5)[:, None]).sum(0).mean() / 5,
        "coverage": (apart.min(1) <= balls(real, 5)).mean(),
    }


def main():
    gyre, compare = sys.argv[1], crosscheck.Comparisons("--plant" in sys.argv[2:])
    chance = np.random.default_rng(5)
    with tempfile.TemporaryDirectory(prefix="gyre-metrics-") as folder:
        os.chdir(folder)
        torch.jit.script(Looks()).save("looks.pt")
        look = lambda x: Looks()(torch.from_numpy(x.astype(np.float32) / 255)).numpy().astype(float)
        cases = [(200, 200, 40), (150, 310, 25), (90, 60, 60)]
        for case, (reals, mades, spread) in enumerate(cases):
            base = chance.normal(128, 40, (reals, 1, 3, 4))
            real = np.clip(base, 0, 255).astype(np.uint8)
            made = np.clip(chance.normal(140, spread, (mades, 1, 3, 4)), 0, 255).astype(np.uint8)
            made[: mades // 3] = real[chance.integers(0, reals, mades // 3)]  # some are very near
            np.save("real.npy", real)
            np.save("made.npy", made)
            words = ["evaluate", "made.npy", "--data", "real.npy", "--extractor", "looks.pt",
                     "--real", str(reals), "--json", "--quiet"]
            run = subprocess.run([gyre, *words], capture_output=True, text=True)
            if run.returncode != 0:
                sys.exit(f"gyre {' '.join(words)}: {run.stderr}")
            ours = {s["name"]: s["value"] for s in json.loads(run.stdout)["scores"]}
            for name, theirs in scores(look(real), look(made)).items():
                # FID's features are floats here and there; shares are counts.
                tolerance = 1e-5 * theirs if name == "fid" else 1e-9
                compare.near(name, f"case {case}", ours[name], theirs, tolerance)
    compare.end(15)


if __name__ == "__main__":
    main()
