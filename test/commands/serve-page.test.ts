// The server of the what-if page: what it says to browsers, and what it keeps in memory for a client that asks and does not read. That
// the page works under its policy is seen by a real browser in test/explorer. Cannot see memory of the system's own buffers.
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PageServer, servePage } from '../../src/commands/serve-page.js';
import { needs } from '../needs.js';

const LARGE = 8 * 2 ** 20;
const POLICY = "default-src 'none'; script-src 'sha256-x'";

let server: PageServer;
let large: PageServer;
beforeAll(async () => {
  const states = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  server = await servePage(`${states}<p>page</p>`, 0);
  large = await servePage('x'.repeat(LARGE), 0);
});
afterAll(async () => {
  await server.close();
  await large.close();
});

test('every answer has the policy that the page states of itself, and stands in no frame', async () => {
  for (const path of ['', 'none.html']) {
    const { headers } = await fetch(server.url + path);
    expect(headers.get('content-security-policy')).toBe(`${POLICY}; frame-ancestors 'none'`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  const { headers } = await fetch(large.url);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
});

test('nothing but the page is handed out', async () => {
  for (const path of ['..%2fcli.cjs', '%2e%2e/cli.cjs', 'explorer.html', 'sub/file.js']) {
    expect((await fetch(`${server.url}${path}`)).status).toBe(404);
  }
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${server.url}?a=1`)).status).toBe(200);
});

function asking(times: number, of = server): Socket {
  const socket = connect(Number(new URL(of.url).port), '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times));
  return socket;
}

test('requests in one go are answered one after the other, in their order', async () => {
  const socket = asking(10);
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

test('who asks for many and reads none has one answer in memory', needs('minutes'), async () => {
  const before = process.memoryUsage().arrayBuffers;
  const sockets = Array.from({ length: 4 }, () => asking(30, large));
  for (const socket of sockets) socket.pause();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 3 * LARGE);
  expect((await fetch(large.url)).status).toBe(200);
  for (const socket of sockets) socket.destroy();
});

test('a connection with too many requests that wait is ended, and the others go on', async () => {
  const socket = asking(3000, large);
  let taken = 0;
  socket.on('data', (data) => {
    taken += data.length;
  });
  await new Promise<void>((done) => socket.once('error', () => done()).once('close', () => done()));
  expect(taken).toBeLessThan(40 * LARGE);
  expect((await fetch(large.url)).status).toBe(200);
});
