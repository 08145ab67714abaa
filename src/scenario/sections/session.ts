import { PHYSICAL_BOUNDS } from '../../model/physical-bounds.js';
import { defaulting, optional, required } from '../kinds/field.js';
import type { Complain } from '../kinds/kind.js';
import { list } from '../kinds/list.js';
import { mapping } from '../kinds/mapping.js';
import { integer, number } from '../kinds/number.js';
import { aboveZero, notNegative, parameter } from '../kinds/parameter.js';

const share = number({ min: 0, max: 1 });
const tokens = parameter(notNegative, PHYSICAL_BOUNDS.tokens);

/** A query that is a session of several requests, whose context grows from one to the next. */
export const session = mapping(
  {
    turns: optional(parameter(aboveZero), 'Turns of a session, rounded to whole ones, at least 1.'),
    hazard: optional(
      list(share),
      'In place of turns: the chance of another turn after 1, 2, … turns; the last holds for all that come later.',
    ),
    system_tokens: optional(
      tokens,
      'Tokens that the first request begins with, before what the user says; 0 if absent.',
    ),
    tool_tokens: optional(
      tokens,
      'Tokens that tools or lookups add to each request but the first, beside input_tokens; 0 if absent.',
    ),
    cache: optional(
      mapping({
        hit: required(share, 'Share of the earlier context that is found in the cache while it lives.'),
        ttl_s: optional(number({ above: 0 }), 'Seconds without a request after which the cache holds nothing.'),
      }),
      'What the server keeps of the context from one request to the next; nothing if absent.',
    ),
    gap_s: optional(
      parameter(notNegative),
      'Seconds between a request and the one before: beyond cache.ttl_s the cache is empty.',
    ),
    retries: defaulting(share, 0, 'Chance that a request is made a second time.'),
    success: defaulting(number({ above: 0, max: 1 }), 1, 'Share of sessions that reach what they were begun for.'),
    context_limit: optional(integer({ min: 1 }), 'Tokens of context beyond which it is compacted.'),
    compact_to: optional(integer({ min: 0 }), 'Tokens that are left of a context that was compacted.'),
  },
  checkSession,
);

export const SESSION_ABOUT =
  'A query is a session: input_tokens and output_tokens are those of one turn, and the context grows. Needs request-cost throughput.';

interface Checked {
  readonly turns?: unknown;
  readonly hazard?: readonly number[];
  readonly cache?: { readonly ttl_s?: number };
  readonly gap_s?: unknown;
  readonly context_limit?: number;
  readonly compact_to?: number;
}

function checkSession(written: Checked, complain: Complain): void {
  const { turns, hazard, cache, gap_s } = written;
  if ((turns === undefined) === (hazard === undefined)) {
    const found = turns === undefined ? 'neither' : 'both';
    complain([], `expected turns or hazard, which say how long a session is; found ${found}`);
  }
  if (hazard) complainOfEndless(hazard, complain);
  if (cache?.ttl_s !== undefined && gap_s === undefined)
    complain(
      ['cache', 'ttl_s'],
      'says when the cache is emptied, but not how long users wait: state gap_s beside cache',
    );
  complainOfLimit(written, complain);
}

function complainOfEndless(hazard: readonly number[], complain: Complain): void {
  if (hazard.length === 0) complain(['hazard'], 'expected at least one chance of another turn; found an empty list');
  if (hazard.at(-1) === 1)
    complain(
      ['hazard', hazard.length - 1],
      'sessions never end: the last chance of another turn must be below 1; found 1',
    );
}

function complainOfLimit({ context_limit, compact_to }: Checked, complain: Complain): void {
  if (context_limit === undefined && compact_to !== undefined)
    complain(['compact_to'], 'says what is left of a context that was compacted, but not when: state context_limit');
  if (context_limit === undefined) return;
  if (compact_to === undefined)
    complain(['context_limit'], 'sessions may grow beyond it, and what then happens is not said: state compact_to');
  else if (compact_to >= context_limit)
    complain(['compact_to'], `must be below context_limit (${context_limit}); found ${compact_to}`);
}
