// The server of the what-if page: what it says to browsers, and what it keeps in memory for a client that asks and does not read. That
// the page works under its policy is seen by a real browser in test/explorer. Cannot see memory of the system's own buffers.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FolderServer, serveFolder } from '../../src/commands/serve-folder.js';

const LARGE = 8 * 2 ** 20;

let folder: string;
let server: FolderServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenjoule-serve-'));
  await writeFile(join(folder, 'index.html'), '<p>page</p>');
  await writeFile(join(folder, 'large.wasm'), Buffer.alloc(LARGE, 'x'));
  server = await serveFolder(pathToFileURL(`${folder}/`), 0);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

test('every answer has a policy that lets the page run what this server sends, and nothing else', async () => {
  for (const path of ['', 'none.html']) {
    const { headers } = await fetch(server.url + path);
    const policy = headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]));
    const scripts = policy.find((one) => one.startsWith('script-src'));
    expect(scripts).toBe("script-src 'self' 'wasm-unsafe-eval'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

function asking(path: string, times: number): Socket {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(times));
  return socket;
}

test('requests in one go are answered one after the other, in their order', async () => {
  const socket = asking('/', 10);
  let text = '';
  await new Promise<void>((done) =>
    socket.on('data', (data) => {
      text += data;
      if (text.split('<p>page</p>').length === 11) done();
    }),
  );
  socket.destroy();
  expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(10);
});

test('who asks for many and reads none has one answer in memory', async () => {
  const before = process.memoryUsage().arrayBuffers;
  const sockets = Array.from({ length: 4 }, () => asking('/large.wasm', 30));
  for (const socket of sockets) socket.pause();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 3 * LARGE);
  expect((await fetch(server.url)).status).toBe(200);
  for (const socket of sockets) socket.destroy();
});

test('a connection with too many requests that wait is ended, and the others go on', async () => {
  const socket = asking('/large.wasm', 3000);
  let taken = 0;
  socket.on('data', (data) => {
    taken += data.length;
  });
  await new Promise<void>((done) => socket.once('error', () => done()).once('close', () => done()));
  expect(taken).toBeLessThan(40 * LARGE);
  expect((await fetch(server.url)).status).toBe(200);
});
