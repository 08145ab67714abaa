"""SALib 1.5's Sobol indices (formulas as in sobol.py beside this file) of Ishigami and Sobol's G for each of several seeds."""

import json
import sys

import numpy as np
from scipy.stats import qmc

n, seeds = int(sys.argv[1]), int(sys.argv[2])
G = np.array([0, 1, 4.5, 9, 99])


def ishigami(u):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(u):
    return np.prod((np.abs(4 * u - 2) + G) / (1 + G), axis=1)


def indices(f, d, seed):
    base = qmc.Sobol(2 * d, scramble=True, seed=seed).random(n)
    a, b = base[:, :d], base[:, d:]
    mixed = []
    for j in range(d):
        ab = a.copy()
        ab[:, j] = b[:, j]
        mixed.append(f(ab))
    y = np.concatenate([f(a), *mixed, f(b)])
    y = (y - y.mean()) / y.std()
    parts = y.reshape(d + 2, n)
    A, B = parts[0], parts[-1]
    variance = np.var(np.r_[A, B])
    first = [np.mean(B * (parts[j + 1] - A)) / variance for j in range(d)]
    total = [0.5 * np.mean((A - parts[j + 1]) ** 2) / variance for j in range(d)]
    return first, total


print(
    json.dumps(
        {
            "ishigami": [indices(ishigami, 3, seed) for seed in range(seeds)],
            "sobol_g": [indices(sobol_g, 5, seed) for seed in range(seeds)],
        }
    )
)
