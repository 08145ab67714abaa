"""one-model.yaml in Numba: parallel, fastmath, compiled once (cached), xoshiro256+ and Box-Muller in registers, in the log
domain, counted into bins. Prints P5 P25 P50 P75 P95 of energy, Wh.

usage: numba_peer.py SAMPLES SEED
"""
import math
import sys

import numpy as np
from numba import get_num_threads, njit, prange, uint64

from bins import HIGH, LOW, SCALE, quantiles

Z95 = 1.645
MEAN_OUTPUT = 300 / math.log(2)
LN_TPS = 9.761963208597 - 0.585438883133 * math.log(500)
LN_CAP = math.log(4572.23)
LN_NODE = math.log(10.2 * 1000 / 3600)  # Wh per second at full power
SIGMA_U = math.log(0.9 / 0.4) / 2 / Z95
SIGMA_P = math.log(1.6 / 1.05) / 2 / Z95
SHIFT = LN_NODE + (math.log(0.4 * 0.9) + math.log(1.05 * 1.6)) / 2 - LOW
BINS = int((HIGH - LOW) * SCALE)
UNIT = 2.0**-53


@njit(inline="always")
def following(a, b, c, d):
    """One step of xoshiro256+ (Blackman and Vigna 2021)."""
    t = b << uint64(17)
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    return a, b, c, (d << uint64(45)) | (d >> uint64(19))


@njit(inline="always")
def unit(a, d):
    """In (0, 1]."""
    return (((a + d) >> uint64(11)) + uint64(1)) * UNIT


@njit(parallel=True, fastmath=True, cache=True)
def simulate(samples, states):
    counts = np.zeros((len(states), BINS), np.int64)
    for thread in prange(len(states)):
        own = counts[thread]
        a, b, c, d = states[thread]
        for _ in range(samples * (thread + 1) // len(states) - samples * thread // len(states)):
            tokens = np.rint(-MEAN_OUTPUT * math.log(unit(a, d)))
            a, b, c, d = following(a, b, c, d)
            radius = math.sqrt(-2 * math.log(unit(a, d)))
            a, b, c, d = following(a, b, c, d)
            angle = 2 * math.pi * unit(a, d)
            a, b, c, d = following(a, b, c, d)
            ln_tokens = math.log(max(tokens, 1e-6))
            ln_tps = min(LN_CAP, LN_TPS + 0.226564431815 * ln_tokens)
            ln_factors = radius * (SIGMA_U * math.cos(angle) + SIGMA_P * math.sin(angle))
            place = (ln_tokens - ln_tps + ln_factors + SHIFT) * SCALE
            own[int(min(max(place, 0.0), BINS - 1.0))] += 1
    return counts.sum(axis=0)


samples, seed = int(sys.argv[1]), int(sys.argv[2])
states = np.random.SeedSequence(seed).generate_state(4 * get_num_threads(), np.uint64).reshape(-1, 4)
print(quantiles(simulate(samples, states)))
