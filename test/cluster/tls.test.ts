// A cluster behind TLS: a real redis-server that speaks nothing else, with a certificate that signs itself. Cannot see certificates
// of a real authority, nor those of clients.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CLI, tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { freePort } from './redis-server.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const SCENARIO = 'scenarios/oviedo-2025.yaml';
let folder: string;
let url: string;
let stop: () => void;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redis-tls-'));
  const subject = ['-subj', '/CN=tokenjoule test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', file('key.pem'), '-out', file('cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files], {
    stdio: 'ignore',
  });
  const port = await freePort();
  const certificates = [
    '--tls-cert-file',
    file('cert.pem'),
    '--tls-key-file',
    file('key.pem'),
    '--tls-auth-clients',
    'no',
  ];
  const flags = ['--port', '0', '--tls-port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server = spawn('redis-server', [...flags, ...certificates, '--requirepass', 'hush-hush'], { stdio: 'pipe' });
  await new Promise<void>((ready) => {
    server.stdout.on('data', (data) => {
      if (`${data}`.includes('Ready to accept connections')) ready();
    });
  });
  url = `rediss://:hush-hush@127.0.0.1:${port}`;
  stop = () => server.kill('SIGKILL');
});
afterAll(async () => {
  stop();
  await rm(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const trusting = () => ({ NODE_EXTRA_CA_CERTS: file('cert.pem') });

describe('a cluster behind TLS', needs('redis-server', 'openssl'), () => {
  test('a run over TLS gives the tables of a local run, and no password', () =>
    inTemporaryFolder(async (out) => {
      const [here, there] = [join(out, 'here'), join(out, 'there')];
      const args = ['run', SCENARIO, '-n', '200001', '-q'];
      expect((await tokenjoule([...args, '-j', '1', '-o', here])).status).toBe(0);
      const env = { ...process.env, ...trusting() };
      const worker = spawn(process.execPath, [CLI, 'worker', '--cluster', url, '-j', '1'], { env });
      let said = '';
      worker.stderr.on('data', (data) => {
        said += data;
      });
      try {
        await expect.poll(() => said, { timeout: 20_000 }).toMatch(/serves rediss:\/\/127\.0\.0\.1:\d+ with 1 thread,/);
        const run = await tokenjoule([...args, '--cluster', url, '-o', there], { env: trusting() });
        expect([run.status, run.stderr]).toEqual([0, '']);
      } finally {
        worker.kill('SIGKILL');
      }
      for (const table of ['summary', 'histogram']) {
        const [one, other] = await Promise.all(
          [here, there].map((place) => readFile(join(place, 'oviedo-2025', `${table}.arrow`))),
        );
        expect(one.equals(other)).toBe(true);
      }
      expect(said + (await readFile(join(there, 'oviedo-2025', 'manifest.json'), 'utf8'))).not.toContain('hush-hush');
    }));

  test('a certificate that nobody vouches for is refused with its reason', async () => {
    const { status, stdout, stderr } = await tokenjoule(['status', '--cluster', url]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^cannot reach rediss:\/\/127\.0\.0\.1:\d+: DEPTH_ZERO_SELF_SIGNED_CERT; /);
  });

  test('a server that speaks TLS alone is not reached without', async () => {
    const { status, stderr } = await tokenjoule(['status', '--cluster', url.replace('rediss:', 'redis:')]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^cannot reach redis:\/\/127\.0\.0\.1:\d+: /);
  });
});
