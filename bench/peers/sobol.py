"""Sobol indices of the energy model as SALib 1.5 computes them (sample/sobol.py and analyze/sobol.py: Saltelli 2010 first order,
Jansen total, rows resampled for the intervals), ported to NumPy alone: scrambled Sobol points and quantiles by SciPy, one
vectorised call of the model for all rows, 100 resamples. Prints seconds and the indices as JSON."""

import json
import sys
import time

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

n, resamples = int(sys.argv[1]), int(sys.argv[2])
D = 6
Z95 = 1.6448536269514722


def lognormal(u, p5, p95):
    mu, sigma = (np.log(p5) + np.log(p95)) / 2, np.log(p95 / p5) / (2 * Z95)
    return np.exp(mu + sigma * ndtri(u))


def model(u):
    output = np.rint(-300 / np.log(2) * np.log1p(-u[:, 0]))
    inputs = np.rint(lognormal(u[:, 1], 100, 2000))
    weight = 0.02 + 0.03 * u[:, 2]
    power = 9 + 3 * u[:, 3]
    return lognormal(u[:, 5], 1.05, 1.6) * power * lognormal(u[:, 4], 0.4, 0.9) * (output + weight * inputs) / 1000 / 3.6


def design():
    base = qmc.Sobol(2 * D, scramble=True, seed=1).random(n)
    out = np.empty((n, D + 2, D))
    out[:, :, :] = base[:, None, :D]
    for j in range(D):
        out[:, j + 1, j] = base[:, D + j]
    out[:, D + 1, :] = base[:, D:]
    return out.reshape(-1, D)


def first_order(A, AB, B):
    return np.mean(B * (AB - A), axis=0) / np.var(np.r_[A, B], axis=0)


def total_order(A, AB, B):
    return 0.5 * np.mean((A - AB) ** 2, axis=0) / np.var(np.r_[A, B], axis=0)


def analyze(y, rng):
    y = (y - y.mean()) / y.std()
    y = y.reshape(n, D + 2)
    A, B = y[:, 0], y[:, D + 1]
    rows = rng.integers(n, size=(n, resamples))
    result = []
    for j in range(D):
        AB = y[:, j + 1]
        s1, st = first_order(A, AB, B), total_order(A, AB, B)
        s1_conf = 1.96 * first_order(A[rows], AB[rows], B[rows]).std(ddof=1)
        st_conf = 1.96 * total_order(A[rows], AB[rows], B[rows]).std(ddof=1)
        result.append([s1, s1_conf, st, st_conf])
    return result


start, cpu = time.perf_counter(), time.process_time()
u = design()
sampled = time.perf_counter()
y = model(u)
modelled = time.perf_counter()
indices = analyze(y, np.random.default_rng(1))
end = time.perf_counter()
print(json.dumps({"seconds": end - start, "cpu": time.process_time() - cpu, "design": sampled - start, "model": modelled - sampled, "analyze": end - modelled, "indices": [[float(x) for x in row] for row in indices]}))
