"""one-model.yaml as a first script has it: a Python loop over samples that asks a scikit-learn model for the throughput of
each. The regression is fitted to the dataset's rows. Prints P5 P25 P50 P75 P95 of energy, Wh.

usage: sklearn_peer.py SAMPLES SEED
"""
import csv
import json
import pathlib
import sys

import numpy as np
from sklearn.linear_model import LinearRegression

DATASET = pathlib.Path(__file__).parents[2] / "scenarios/data/throughput-oviedo.csv"
Z95 = 1.645


def measurements():
    with open(DATASET) as file:
        rows = [row for row in csv.DictReader(file) if row["model"] == "Llama 3.1 405B" and row["quantization"] == "FP8"]
    return np.array([[float(row[key]) for key in ("input_tokens", "output_tokens", "node_tokens_per_second")] for row in rows])


def lognormal(p5, p95):
    return (np.log(p5) + np.log(p95)) / 2, np.log(p95 / p5) / 2 / Z95


def energy_wh(rng, regression, cap):
    tokens = round(rng.exponential(300 / np.log(2)))
    ln_tps = regression.predict([[np.log(500), np.log(max(tokens, 1e-6))]])[0]
    tps = min(cap, np.exp(ln_tps))
    return rng.lognormal(*lognormal(1.05, 1.6)) * 10.2 * rng.lognormal(*lognormal(0.4, 0.9)) * tokens / tps * 1000 / 3600


rng = np.random.default_rng(int(sys.argv[2]))
rows = measurements()
regression = LinearRegression().fit(np.log(rows[:, :2]), np.log(rows[:, 2]))
energies = [energy_wh(rng, regression, rows[:, 2].max()) for _ in range(int(sys.argv[1]))]
print(json.dumps(np.percentile(energies, [5, 25, 50, 75, 95]).tolist()))
