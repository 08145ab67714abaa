// Conversions between boundaries against published points, and energies of different ones never added. What it cannot see: nodes of
// chips without measurements at the wall.
import { describe, expect, it } from 'vitest';
import { sumAtOneBoundary } from '../../src/model/boundary.js';
import { boundaryFactor } from '../../src/model/hardware/boundary-conversion.js';

const H200 = { fixed_w: 1852, slope: 8.783, full_accelerator_w: 700 };
const B200 = { fixed_w: 1833, slope: 8.758, full_accelerator_w: 1000 };

const eightOf = (chassis: typeof H200, accelerator_w: number) => ({ accelerator_w, accelerators_per_node: 8, chassis });

describe('a conversion between boundaries', () => {
  it('meets wall power measured by MLPerf: 6.15 kW of eight H200 at 490 W (v4.1), 10.4 kW of eight B200 at 978 W (v5.1)', () => {
    const wall = (chassis: typeof H200, watts: number) =>
      8 * watts * boundaryFactor('gpu_board', 'node_ac', eightOf(chassis, watts)).median;
    expect(wall(H200, 490) / 6153).toBeCloseTo(1, 2);
    expect(wall(B200, 978) / 10401).toBeCloseTo(1, 2);
  });

  it('meets a training maximum that was measured, 8.4 kW of eight H100 at 700 W, within its own interval', () => {
    const { median, ln_sd } = boundaryFactor('gpu_board', 'node_ac', eightOf(H200, 700));
    expect(Math.abs(Math.log(8400 / (5600 * median)))).toBeLessThan(1.645 * ln_sd);
  });

  it('brackets the only published production shares: 0.24 Wh in all over 0.14 Wh of boards (Gemini, 2025)', () => {
    const { median, ln_sd } = boundaryFactor('gpu_board', 'fleet', { accelerator_w: 300, accelerators_per_node: 8 });
    const off = Math.log(0.24 / 0.14 / median);
    expect(Math.abs(off)).toBeLessThan(3 * ln_sd);
  });

  it('without a line is wider than with one, and goes down as it goes up', () => {
    const boards = { accelerator_w: 500, accelerators_per_node: 8 };
    const up = boundaryFactor('gpu_board', 'facility', boards);
    const down = boundaryFactor('facility', 'gpu_board', boards);
    expect(up.median * down.median).toBeCloseTo(1, 12);
    expect(up.ln_sd).toBe(down.ln_sd);
    expect(up.ln_sd).toBeGreaterThan(boundaryFactor('gpu_board', 'facility', eightOf(H200, 500)).ln_sd);
    expect(boundaryFactor('node_ac', 'node_ac', boards)).toEqual({ median: 1, ln_sd: 0 });
  });

  it('has a facility of the paper: PUE from 1.05 (P5) to 1.6 (P95)', () => {
    const { median, ln_sd } = boundaryFactor('node_ac', 'facility', { accelerator_w: 500, accelerators_per_node: 8 });
    expect(median * Math.exp(-1.6448536 * ln_sd)).toBeCloseTo(1.05, 6);
    expect(median * Math.exp(1.6448536 * ln_sd)).toBeCloseTo(1.6, 6);
  });
});

describe('a sum of energies', () => {
  it('is refused across boundaries, by their names', () => {
    const boards = { wh: 1, boundary: 'gpu_board' } as const;
    expect(sumAtOneBoundary([boards, { ...boards, wh: 2 }])).toBe(3);
    expect(() => sumAtOneBoundary([boards, { wh: 1, boundary: 'facility' }])).toThrow(
      'energies of gpu_board and facility do not add up; convert one of them first',
    );
  });
});
