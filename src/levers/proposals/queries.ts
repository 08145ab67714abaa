import type { Facts, Lever, Proposal } from '../lever.js';
import { scaledWritten } from '../scaled-written.js';
import { type Stated, statedAt } from '../stated.js';

/** Share of the tokens that answers keep when the prompt asks for concise reasoning: 48.70 % less, at like accuracy. */
const CONCISE = 1 - 0.487;

/** Answers as much shorter as a concise chain of thought is. */
export const SHORTER_OUTPUTS: Lever = {
  name: 'shorter outputs',
  about: 'ask for concise answers: 48.7 % fewer tokens',
  cause: 'output tokens',
  basis: 'published',
  source: 'concise chain of thought, GPT-3.5 and GPT-4 (Renze and Guven, arXiv 2401.05618); not every task allows it',
  propose({ written }) {
    const stated = statedAt(written, 'output_tokens');
    if (stated.length === 0) return { because: 'the lengths of its outputs come from elsewhere than output_tokens' };
    return scaledAll(stated, CONCISE, (key) => key);
  },
};

/** Share of input tokens that DeepSeek's service found in its cache. */
const CACHE_HITS = 0.563;

/** A cache of prompts that is hit as often as DeepSeek's. */
export const CACHING: Lever = {
  name: 'caching',
  about: 'cache prompts: 56.3 % of input tokens need no prefill',
  cause: 'prefill',
  basis: 'published',
  source: 'DeepSeek V3 and R1 service, 27 February 2025 (open-source week, day 6)',
  propose(facts) {
    const { written, scenario } = facts;
    if (scenario.regimes.some(({ session }) => session)) return { because: 'sessions state a cache of their own' };
    if (scenario.regimes.some(({ cached_input_tokens }) => cached_input_tokens))
      return { because: 'cached_input_tokens are stated' };
    if (!isRequestCost(facts)) return { because: 'only request-cost throughput knows what a cached token saves' };
    const stated = statedAt(written, 'input_tokens');
    if (stated.length === 0) return { because: 'the lengths of its inputs come from elsewhere than input_tokens' };
    return scaledAll(stated, CACHE_HITS, (key) => key.replace(/input_tokens$/, 'cached_input_tokens'));
  },
};

/** Twice as many queries share each reading of the weights. */
export const BATCH: Lever = {
  name: 'batch',
  about: 'serve twice as many queries at once',
  cause: 'queries in flight',
  basis: 'assumed',
  source: 'twice is an assumption; energy per token falls with the batch to the power of 0.53 up to 256 (ML.ENERGY v3)',
  propose({ written }) {
    const stated = statedAt(written, 'concurrency');
    if (stated.length === 0) return { because: 'no concurrency is stated: the nodes count as full' };
    return scaledAll(stated, 2, (key) => key);
  },
};

/** Every place where a key is stated with so many times its value; or that it is written in a way that cannot be scaled. */
function scaledAll(stated: readonly Stated[], factor: number, keyOf: (key: string) => string): Proposal {
  const settings = stated.map(({ key, value }) => ({ key: keyOf(key), value: scaledWritten(value, factor) }));
  const unknown = settings.find(({ value }) => value === undefined);
  if (unknown) return { because: `${unknown.key} is a distribution that is not written by values alone` };
  return { settings };
}

function isRequestCost({ scenario }: Facts): boolean {
  return scenario.models.every(({ throughput }) => throughput.method === 'request-cost');
}
