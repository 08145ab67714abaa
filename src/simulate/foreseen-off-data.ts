import { samplesInBlock } from '../blocks/blocks.js';
import { referenceKernel } from '../kernel/reference/reference.js';
import { closure } from '../plan/dependence.js';
import type { NodeId, PlanNode } from '../plan/node.js';
import type { Plan } from '../plan/plan.js';
import { planModels } from '../plan/plan-models.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import { OFF_DATA_METRICS } from '../result/off-data-notes.js';
import type { ShareRow } from '../result/share-notes.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** So many draws tell a share to 1.6 % at worst (two standard errors of a half). */
export const FORESEEN_DRAWS = 4096;

/**
 * The shares of draws off the rows of each model in each regime, from the first draws of a run: what can be said of them before
 * one. None where no throughput was fitted to rows.
 */
export async function foreseenOffData(scenario: ResolvedScenario): Promise<ShareRow[]> {
  const models = scenario.models.filter(({ measured }) => measured !== undefined);
  if (models.length === 0) return [];
  const plan = planModels({ ...lengthsAlone(scenario), models });
  const metrics: ReadonlySet<string> = new Set(OFF_DATA_METRICS);
  const rows = plan.measures
    .filter(({ row }) => metrics.has(row.metric))
    .map(({ row, of }) => ({ row, node: nodeOf(plan, of) }));
  const shares = await sharesOf(
    plan,
    rows.map(({ node }) => node),
  );
  return rows.map(({ row: { regime, subject, metric }, node }) => ({
    ...{ regime, subject, metric },
    mean: shares.get(node) ?? 0,
  }));
}

/** The scenario without what does not touch lengths or the rows. */
function lengthsAlone(scenario: ResolvedScenario): ResolvedScenario {
  const { fleet: _fleet, impact: _impact, load: _load, formulas: _formulas, ...rest } = scenario;
  const { sampler: _sampler, precision: _precision, uncertainty: _uncertainty, expect: _expect, ...plain } = rest;
  const nothing = { non_production: [], blends: [], pathways: [] };
  return { ...plain, ...nothing, samples: Math.min(scenario.samples, FORESEEN_DRAWS) };
}

function nodeOf({ counted }: Plan, place: number): NodeId {
  const what = counted[place];
  if (what.kind !== 'node') throw new RangeError('an indicator is of one model');
  return what.of;
}

/** Shares of draws for which indicators are 1. Nodes that they do not depend on are not computed. */
async function sharesOf(plan: Plan, indicators: readonly NodeId[]): Promise<ReadonlyMap<NodeId, number>> {
  const needed = new Set(closure(plan.nodes, indicators));
  const nodes = plan.nodes.map((node, id) => (needed.has(id) ? node : NOTHING));
  const kernel = await referenceKernel({ ...plan, nodes });
  const ones = new Map(indicators.map((id) => [id, 0]));
  for (let block = 0; block * BLOCK_SIZE < plan.samples; block++) {
    const n = samplesInBlock(plan, block);
    kernel.evaluate(block, n);
    for (const [id, before] of ones)
      ones.set(id, before + kernel.layout.ln[id].subarray(0, n).filter((ln) => ln === 0).length);
  }
  return new Map([...ones].map(([id, count]) => [id, count / plan.samples]));
}

const NOTHING: PlanNode = { kind: 'constant', value: 0, ln: Number.NEGATIVE_INFINITY };
