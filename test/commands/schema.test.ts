// The command schema. What its schema accepts is tested in test/scenario/json-schema.test.ts.
import { describe, expect, it } from 'vitest';
import { tokenjoule } from '../command-line.js';

describe('tokenjoule schema', () => {
  it('prints a JSON Schema', async () => {
    const { status, stdout } = await tokenjoule(['schema']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
    });
  });
});
