// DynamoLLM (Stojkovic et al., HPCA 2025, arXiv 2408.00741) saves 53 % of a static cluster's energy on Azure's traces with all its
// elements. What the model gives for them, each on and off, on the two shipped weeks.
//
// The elements, with what stands for them here:
// - instances: as many nodes serve as use least energy and hold the load, the others are given back. Off: all owned nodes serve.
// - sharding: Llama 70B on 4 GPUs in place of 8, FP8 on H100: 0.763 of the node-seconds (38 pairs, precision-and-generation.csv).
// - frequency: the clock that uses least energy and holds the load, for both phases: a node is as fast as its clock.
//
// The boundary is the paper's, the cluster's GPUs: shares of a node's power become those of its boards on the chassis line (H100).
// Assumed, since only the abstract's figures are at hand: a baseline of 8 GPUs per instance at the highest clock, a peak hour at load
// 0.9, clocks from 0.4 of the highest on; the second column has those alone that MaxQ pairs were measured at (0.791 and above).
// Left out: what changing costs, errors of forecasts, limits on latency. `--json` prints the figures alone.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { loadProfile } from '../dist/model/load/profile.js';
import { SHIPPED_PROFILES, shippedProfile } from '../dist/model/load/shipped-profiles.js';
import { DEFAULT_CLOCK_POWER, lockedClock } from '../dist/model/power-management/clock-law.js';
import { LOWEST_SATURATED_CLOCK } from '../dist/model/power-management/management-complaints.js';

const PUBLISHED_SAVING = 0.53;
const PEAK_LOAD = 0.9;
const LOWEST_CLOCKS = [0.4, LOWEST_SATURATED_CLOCK];

/** H100: node power when full, and the line to its boards, W (hardware.csv); the share of static power is the node's. */
const FULL_NODE_W = 8000;
const HOST_W = 1852;
const STATIC = (DEFAULT_CLOCK_POWER.static_share * FULL_NODE_W - HOST_W) / (FULL_NODE_W - HOST_W);
const CLOCK_POWER = { ...DEFAULT_CLOCK_POWER, static_share: STATIC };

/** Boards at 8 queries in flight over those at 256, 0.64 and 0.84 of their rating (ML.ENERGY v3, H100). */
const ACTIVE = 0.64 / 0.84;

const ELEMENTS = ['instances', 'sharding', 'frequency'];
const STEPS = 60;
const ROUNDING = 1e-9;

const table = (name) => parse(readFileSync(new URL(`../scenarios/data/${name}`, import.meta.url)), { columns: true });
const profiles = table('load-profiles.csv');
const ratios = table('precision-and-generation.csv');
const sharded = Number(ratios.find(({ ratio }) => ratio === 'tensor parallel 4/8 (throughput)').median);

/** `low` to 1 in equal steps. */
const range = (low) => Array.from({ length: STEPS + 1 }, (_, i) => low + ((1 - low) * i) / STEPS);

/** Energy of a profile's work on boards, in hours of full boards at the highest clock. */
function energy({ relative }, { instances, sharding, frequency }, lowestClock) {
  const clocks = frequency ? range(lowestClock) : [1];
  const hour = (load) => {
    const nodes = (instances ? range(load) : [1]).map((share) => share / PEAK_LOAD);
    return Math.min(...nodes.flatMap((serving) => clocks.map((clock) => servingPower(load, serving, clock))));
  };
  return relative.reduce((sum, load) => sum + hour(load), 0) * (sharding ? sharded : 1);
}

/** Power of nodes at a clock that serve a load, at most PEAK_LOAD of them: static power stays, the rest follows the clock. */
function servingPower(load, serving, clock) {
  const { speed, power } = lockedClock(clock, 1, CLOCK_POWER);
  const busy = load / (serving * speed);
  if (busy > 1 + ROUNDING) return Number.POSITIVE_INFINITY;
  const unclocked = ACTIVE + (1 - ACTIVE) * busy;
  return serving * (STATIC + ((unclocked - STATIC) * (power - STATIC)) / (1 - STATIC));
}

const combinations = ELEMENTS.reduce(
  (all, element) => all.flatMap((one) => [one, { ...one, [element]: true }]),
  [Object.fromEntries(ELEMENTS.map((element) => [element, false]))],
);

function savings(profile) {
  const load = loadProfile(shippedProfile(profiles, profile));
  const [off, ...others] = combinations;
  return others.map((on) => ({
    profile,
    on: ELEMENTS.filter((element) => on[element]),
    savings: LOWEST_CLOCKS.map((clock) => 1 - energy(load, on, clock) / energy(load, off, clock)),
  }));
}

const figures = SHIPPED_PROFILES.flatMap(savings);
const percent = (share) => `${(share * 100).toFixed(1)} %`.padStart(8);

if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
else {
  console.log(
    `Saving over a static cluster, clocks from ${LOWEST_CLOCKS.join(' and from ')} on; published: ${percent(PUBLISHED_SAVING)}`,
  );
  for (const { profile, on, savings } of figures)
    console.log(`${profile.padEnd(24)} ${on.join(' + ').padEnd(36)} ${savings.map(percent).join('  ')}`);
}
