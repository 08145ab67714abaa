import type { Path } from '../../errors.js';
import { SESSION_VARIABLES, type SessionRules } from '../../model/session/session.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedModel, ResolvedRegime, ResolvedSession } from '../resolved.js';
import type { Scenario } from '../schema.js';
import type { Shared } from './levels.js';

type Written = NonNullable<Scenario['session']>;

/** The session of a regime, its own or the top level's; undefined where its queries are single requests. */
export function resolveSession(scenario: Scenario, regime: string): ResolvedSession | undefined {
  const written = scenario.regimes[regime].session ?? scenario.session;
  if (written === undefined) return undefined;
  const { turns, system_tokens, tool_tokens, gap_s, success } = written;
  const stated = Object.entries({ turns, system_tokens, tool_tokens, gap_s }).filter(([, one]) => one !== undefined);
  return {
    rules: rulesOf(written),
    variables: Object.fromEntries(stated.map(([name, distribution]) => [`session.${name}`, distribution])),
    success,
  };
}

function rulesOf({ hazard, cache, retries, context_limit, compact_to }: Written): SessionRules {
  return {
    ...(hazard && { hazard }),
    hit: cache?.hit ?? 0,
    ...(cache?.ttl_s !== undefined && { ttl_s: cache.ttl_s }),
    retries,
    ...(context_limit !== undefined && { context_limit }),
    ...(compact_to !== undefined && { compact_to }),
  };
}

/** Complains of sessions whose requests nothing is known of, or that say twice what is cached; returns what changes nothing. */
export function checkSessions(
  scenario: Scenario,
  models: readonly ResolvedModel[],
  regimes: readonly ResolvedRegime[],
  shared: Shared,
  complain: Complain,
): string[] {
  const withSession = regimes.filter(({ session }) => session !== undefined);
  if (withSession.length > 0) complainOfOthers(scenario, shared, complain);
  const others = models.filter(({ throughput }) => throughput.method !== 'request-cost').map(({ name }) => name);
  for (const { name, cached_input_tokens } of withSession) {
    const place: Path = scenario.regimes[name].session ? ['regimes', name, 'session'] : ['session'];
    if (others.length > 0)
      complain(
        place,
        `needs to know what context costs, which only request-cost throughput says; not so for ${others.join(', ')}: choose form: request-cost, or state node_seconds`,
      );
    if (cached_input_tokens !== undefined)
      complain(place, `its cache says what of the context is cached; leave cached_input_tokens out in ${name}`);
  }
  const idle = withSession.filter(
    ({ session }) => session?.variables['session.gap_s'] && session.rules.ttl_s === undefined,
  );
  const correlated = scenario.correlation !== undefined && withSession.length > 0;
  return [
    ...idle.map(({ name }) => `${name}: gap_s changes nothing without cache.ttl_s`),
    ...(correlated ? ['correlation: the turns of sessions are drawn independently of what is correlated'] : []),
  ];
}

/** What of a scenario is about single requests alone. */
function complainOfOthers({ formulas = [] }: Scenario, shared: Shared, complain: Complain): void {
  for (const name of SESSION_VARIABLES.filter((variable) => shared[variable] !== undefined)) {
    complain(name.split('.'), 'turns of a session draw it anew, so queries cannot share it; leave vary out');
  }
  const others = formulas.filter((name) => name !== 'oviedo' && name !== 'request-cost');
  if (others.length === 0) return;
  const found = `found ${others.join(', ')}: leave them out, or the session`;
  complain(['formulas'], `sessions are computed by request-cost alone; ${found}`);
}
