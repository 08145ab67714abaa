// What Redis refuses becomes a sentence that says what to do. Over a real redis-server in which keys of tokenjoule hold something
// else. Cannot see refusals for want of memory or rights, which take the same way.
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PREFIX, queueName } from '../../src/cluster/keys.js';
import { refusalText, unlessRefused } from '../../src/cluster/refusal.js';
import { engineVersion } from '../../src/version.js';
import { SCENARIOS, tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { startRedis } from './redis-server.js';

const WRONG_TYPE =
  'refused by Redis, WRONGTYPE: a key that begins with tokenjoule: holds what tokenjoule has not written; delete it, or take ' +
  'another database, such as redis://host:6379/1';

const replyError = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

test("a refusal is told by Redis's own first word, without the rest, which may repeat what was sent", () => {
  expect(refusalText(replyError('WRONGTYPE Operation against a key'))).toBe(WRONG_TYPE);
  expect(refusalText(replyError("NOPERM user 'x' with hush-hush"))).toBe(
    'refused by Redis, NOPERM: see its log, or INFO in redis-cli',
  );
});

test('an error that is no refusal is left as it is', () => {
  const error = new Error('WRONGTYPE');
  expect(refusalText(error)).toBeUndefined();
  expect(unlessRefused(error)).toBe(error);
});

describe('a key of another type', needs('redis-server'), () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedis('hush-hush');
    redis = new Redis(server.url);
    redis.on('error', () => {});
    await redis.set(`${PREFIX}:${queueName(engineVersion())}:wait`, 'no list');
    await redis.rpush(`${PREFIX}:worker:w`, 'no text');
    await redis.rpush(`${PREFIX}:progress:r`, 'no text');
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  test('ends a run with one line that says what to do', () =>
    inTemporaryFolder(async (out) => {
      const args = ['run', `${SCENARIOS}oviedo-2025.yaml`, '-n', '1000', '-q', '-o', out, '--cluster', server.url];
      const { status, stderr } = await tokenjoule(args);
      expect(status).toBe(1);
      expect(stderr.trim().split('\n').at(-1)).toBe(`${SCENARIOS}oviedo-2025.yaml: ${WRONG_TYPE}`);
      expect(stderr).not.toContain(' at ');
    }));

  test('is none of the workers and runs that status shows', async () => {
    const { status, stdout, stderr } = await tokenjoule(['status', '--cluster', server.url]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/: 0 workers, 0 runs\n$/);
  });
});
