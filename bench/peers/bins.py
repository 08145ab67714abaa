"""Bins of ln energy, 1/256 wide, and the quantiles that their counts give: the straight line within a bin is off by some 1e-6."""
import numpy as np

LOW, HIGH, SCALE = -16.0, 9.0, 256.0


def quantiles(counts):
    """P5 P25 P50 P75 P95 as a list, straight within a bin."""
    cumulative = np.concatenate(([0], np.cumsum(counts)))
    at = np.interp(np.array([0.05, 0.25, 0.5, 0.75, 0.95]) * cumulative[-1], cumulative, np.arange(len(cumulative)))
    return np.exp(LOW + at / SCALE).tolist()
