"""one-model.yaml in NumPy: blocks that stay in cache, one thread per core (NumPy lets go of the interpreter in its loops),
in the log domain, counted into bins. Prints P5 P25 P50 P75 P95 of energy, Wh.

usage: numpy_peer.py SAMPLES SEED
"""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from bins import HIGH, LOW, SCALE, quantiles

BLOCK = 1 << 14  # three columns of 128 KiB
Z95 = 1.645
MEAN_OUTPUT = 300 / np.log(2)
LN_INPUT = np.log(500)
LN_CAP = np.log(4572.23)
LN_NODE = np.log(10.2 * 1000 / 3600)  # Wh per second at full power


def lognormal(p5, p95):
    return (np.log(p5) + np.log(p95)) / 2, np.log(p95 / p5) / 2 / Z95


MU_U, SIGMA_U = lognormal(0.4, 0.9)
MU_P, SIGMA_P = lognormal(1.05, 1.6)


def fill(rng, counts, samples):
    tokens, tps, z = np.empty((3, BLOCK))
    for done in range(0, samples, BLOCK):
        n = min(BLOCK, samples - done)
        tokens, tps, z = tokens[:n], tps[:n], z[:n]
        rng.standard_exponential(out=tokens)
        np.rint(np.multiply(tokens, MEAN_OUTPUT, out=tokens), out=tokens)
        np.log(np.maximum(tokens, 1e-6, out=tokens), out=tokens)
        np.multiply(tokens, 0.226564431815, out=tps)
        tps += 9.761963208597 - 0.585438883133 * LN_INPUT
        tokens -= np.minimum(tps, LN_CAP, out=tps)
        rng.standard_normal(out=z)
        z *= SIGMA_U
        tokens += z
        rng.standard_normal(out=z)
        z *= SIGMA_P
        tokens += z
        tokens += LN_NODE + MU_U + MU_P - LOW
        tokens *= SCALE
        np.clip(tokens, 0, len(counts) - 1, out=tokens)
        counts += np.bincount(tokens.astype(np.intp), minlength=len(counts))
    return counts


def main(samples, seed):
    cores = os.cpu_count()
    shares = [samples * (i + 1) // cores - samples * i // cores for i in range(cores)]
    rngs = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(cores)]
    bins = int((HIGH - LOW) * SCALE)
    with ThreadPoolExecutor(cores) as pool:
        counts = pool.map(fill, rngs, [np.zeros(bins, np.int64) for _ in shares], shares)
    print(quantiles(sum(counts)))


main(int(sys.argv[1]), int(sys.argv[2]))
