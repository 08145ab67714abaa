/** Requests that one session may make: longer ones are cut there, and counted. */
export const MOST_TURNS = 4096;

/** What a session draws: once, or anew for each of its turns. */
export const SESSION_VARIABLES = [
  'input_tokens',
  'output_tokens',
  'session.turns',
  'session.system_tokens',
  'session.tool_tokens',
  'session.gap_s',
  'session.retries',
  'reasoning_tokens',
] as const;

/** Name of something that a session draws: those of queries in general, and its own. */
export type SessionVariable = (typeof SESSION_VARIABLES)[number];

/** What is the same in all sessions of a kind of query. */
export interface SessionRules {
  /** Chances that another turn follows after 1, 2, … turns, the last for all that come later; absent where turns are drawn. */
  readonly hazard?: readonly number[];
  /** Share of the earlier context that the cache holds while it lives. */
  readonly hit: number;
  /** Seconds without a request after which the cache holds nothing; absent where it lives on. */
  readonly ttl_s?: number;
  /** Chance that a request is made a second time. */
  readonly retries: number;
  /** Tokens of context from which on it is compacted to `compact_to`; absent where it grows on. */
  readonly context_limit?: number;
  readonly compact_to?: number;
}

/** Sums over the requests of one session, in which its node-seconds are linear: see model/throughput/request-cost.ts. */
export interface SessionSums {
  /** Input tokens that no cache held. */
  fresh_tokens: number;
  /** Tokens that were decoded, those of reasoning and of repeated requests too. */
  output_tokens: number;
  /** Output tokens, each times the context that it read. */
  context_reads: number;
  /** Requests, repeated ones too. */
  requests: number;
  /** Context of the longest request, tokens. */
  longest_context: number;
  /** 1 where the session was cut at `MOST_TURNS`, else 0. */
  cut: number;
}

/** Names of the sums. */
export const SESSION_SUMS = [
  'fresh_tokens',
  'output_tokens',
  'context_reads',
  'requests',
  'longest_context',
  'cut',
] as const satisfies readonly (keyof SessionSums)[];

/** A draw of a variable in a turn, counted from 0. Token counts are whole. @param variable `session.turns` with a hazard: uniform */
export type DrawOfTurn = (variable: SessionVariable, turn: number) => number;

/**
 * One session. In each turn the user or a tool adds tokens, the model reads what no cache holds anew, decodes its answer while it
 * reads the whole context, and the answer joins the context; what it reasons before is decoded like the answer, and left out of later contexts:
 *
 *     fresh = new + (1 - held) · context;  reads = decoded · (context + new + decoded / 2)
 *
 * `held` is `hit` where less than `ttl_s` has passed since the last request, else 0. Draws of a turn do not depend on what happened
 * before, so that a warmer cache or more turns change nothing else. Source of the form: docs/queries.md.
 *
 * @param sums replaced
 */
export function simulateSession(rules: SessionRules, draw: DrawOfTurn, sums: SessionSums): void {
  const turns = turnsOf(rules, draw);
  sums.cut = turns > MOST_TURNS ? 1 : 0;
  sums.fresh_tokens = sums.output_tokens = sums.context_reads = sums.requests = sums.longest_context = 0;
  let context = 0;
  for (let turn = 0; turn < Math.min(turns, MOST_TURNS); turn++) context = addTurn(rules, draw, sums, turn, context);
}

/** Adds one turn to the sums; returns the context that it leaves. */
function addTurn(rules: SessionRules, draw: DrawOfTurn, sums: SessionSums, turn: number, before: number): number {
  const added = draw('input_tokens', turn) + draw(turn === 0 ? 'session.system_tokens' : 'session.tool_tokens', turn);
  const { context_limit = Number.POSITIVE_INFINITY, compact_to = before } = rules;
  const isCompacted = before + added > context_limit;
  const context = isCompacted ? Math.min(before, compact_to) : before;
  const isHeld = turn > 0 && !isCompacted && !(draw('session.gap_s', turn) > (rules.ttl_s ?? Number.POSITIVE_INFINITY));
  const answer = draw('output_tokens', turn);
  const decoded = answer + draw('reasoning_tokens', turn);
  const times = draw('session.retries', turn) < rules.retries ? 2 : 1;
  const read = context + added;
  sums.fresh_tokens += added + (isHeld ? 1 - rules.hit : 1) * context;
  sums.output_tokens += times * decoded;
  sums.context_reads += times * decoded * (read + decoded / 2);
  sums.requests += times;
  sums.longest_context = Math.max(sums.longest_context, read);
  return read + answer;
}

function turnsOf({ hazard }: SessionRules, draw: DrawOfTurn): number {
  if (hazard === undefined) return Math.max(1, draw('session.turns', 0));
  let turns = 1;
  while (turns <= MOST_TURNS && draw('session.turns', turns) < hazard[Math.min(turns, hazard.length) - 1]) turns++;
  return turns;
}
