import { distributionText } from '../distributions/text.js';
import { significant } from '../format.js';
import { BASELINE } from '../model/pathway.js';
import type { NodeId, NodeKind, NodeOf, PlanNode } from './node.js';
import type { Counted, Plan } from './plan.js';

/** A node in words, its operands by their numbers. */
const TEXT: { readonly [K in NodeKind]: (node: NodeOf<K>) => string } = {
  draw: ({ variable, distribution, correlated }) =>
    `${variable} ~ ${distributionText(distribution)}${correlated ? ', correlated' : ''}`,
  session: ({ sum }) => `${sum} of a session`,
  constant: ({ value }) => significant(value),
  weightedSum: ({ base, weight, other }) => `#${base} + #${weight} · #${other}`,
  decoded: ({ answer, reasoning }) => `#${answer} + #${reasoning}`,
  fit: ({ law, input, output }) => `fit(#${input}, #${output}), at most ${significant(law.cap_tps)}`,
  requestCost: ({ input, output, cached, a, b, c, steps }) => {
    const fresh = cached === undefined ? `#${input}` : `(#${input} - #${cached})`;
    const decode = steps ? `(#${b} + #${steps.w} / #${steps.concurrency})` : `#${b}`;
    return `#${a} · ${fresh} + #${output} · ${decode} + #${c} · #${output} · (#${input} + #${output} / 2)`;
  },
  residual: ({ of, growth, input, output }) =>
    `#${of}, its logarithm up to ${significant(1 + growth)} times as large where #${input}, #${output} lie beyond the rows`,
  outputRate: ({ output, seconds }) => `#${output} / #${seconds}, 0 where #${output} is 0`,
  coupled: ({ base, span, max_tps, tps }) => `${base} + ${span} · #${tps} / ${significant(max_tps)}`,
  product: ({ factors, constant, divisors }) =>
    [
      [...factors.map((factor) => `#${factor}`), ...(constant === 1 ? [] : [significant(constant)])].join(' · ') || '1',
      ...divisors.map((divisor) => `#${divisor}`),
    ].join(' / '),
  total: ({ terms }) => terms.map((term) => `#${term}`).join(' + '),
  minimum: ({ of }) => `least of ${of.map((one) => `#${one}`).join(', ')}`,
  conditional: ({ of, on }) => `#${of} where #${on} is above 0`,
  capped: ({ input, output }) => `fit(#${input}, #${output}) above its highest row`,
  offHull: ({ input, output }) => `#${input}, #${output} off the hull of the rows`,
  outside: ({ input, output }) => `#${input}, #${output} outside the rows`,
};

function nodeText<K extends NodeKind>(node: NodeOf<K>): string {
  return TEXT[node.kind](node);
}

/** A plan as numbered lines in the order of evaluation: each node, and what is counted of it under which names. */
export function planLines(plan: Plan): string[] {
  const names = namesOf(plan);
  const line = (node: PlanNode, id: NodeId) => {
    const counted = names.get(id) ?? [];
    return `#${id} = ${nodeText<NodeKind>(node)}${counted.length > 0 ? `   counted: ${shortened(counted)}` : ''}`;
  };
  return [...plan.nodes.map(line), ...plan.counted.flatMap(poolText)];
}

function namesOf({ counted, measures }: Plan): Map<NodeId, string[]> {
  const names = new Map<NodeId, string[]>();
  for (const { row, of, share } of measures) {
    const what = counted[of];
    if (what.kind !== 'node' || share !== undefined) continue;
    const { regime, subject, pathway, metric } = row;
    const name = [metric, subject, regime, ...(pathway === BASELINE ? [] : [pathway])].join(', ');
    names.set(what.of, [...(names.get(what.of) ?? []), name]);
  }
  return names;
}

function poolText(what: Counted): string[] {
  if (what.kind === 'node') return [];
  const members = what.members.map(({ node }) => `#${node}`).join(', ');
  return [`pool of ${members} / #${what.divisor}, ${what.keep === 'all' ? 'all draws' : 'trimmed'}`];
}

const MOST_NAMES = 2;

function shortened(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join('; ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
