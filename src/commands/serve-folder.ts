import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname } from 'node:path';
import { finished } from 'node:stream/promises';
import { InputError } from '../errors.js';

/** A server of files (this file needs Node). */
export interface FolderServer {
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Scripts, styles and connections of this server alone; styles also in the page's own drawings, and the kernel's compiled code. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
} as const;

/** A page asks for a dozen files; a browser opens six connections. */
const MOST_CONNECTIONS = 64;
/** Requests of one connection that wait for their answers. */
const MOST_WAITING = 32;
/** A connection that takes nothing for so long is closed. */
const IDLE_MS = 30_000;

/** Names of files directly in the folder; nothing that climbs out of it can be written so. */
const FILE_NAME = /^\/([\w-]+(?:\.[\w-]+)+)$/;

/**
 * Serves the files of one folder, and none below it, to this machine alone.
 *
 * @param port 0 for any that is free
 * @throws InputError if the port is in use
 */
export async function serveFolder(folder: URL, port: number): Promise<FolderServer> {
  const server = createServer(oneAfterTheOther((request, response) => answer(folder, request, response)));
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = IDLE_MS;
  await listening(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Answers the requests of one connection one after the other, each when the answer before it was taken: who asks for many and reads
 * none has one in memory. Too many that wait end the connection.
 */
function oneAfterTheOther(answer: Answer) {
  const lines = new WeakMap<Socket, { waiting: number; last: Promise<void> }>();
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const line = lines.get(socket) ?? { waiting: 0, last: Promise.resolve() };
    lines.set(socket, line);
    if (++line.waiting > MOST_WAITING) return void socket.destroy();
    // A connection that ends meanwhile is nobody's loss.
    const taken = () => answer(request, response).catch(() => {});
    line.last = line.last.then(taken).then(() => void line.waiting--);
  };
}

async function answer(folder: URL, { url = '/', method }: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = url.split(/[?#]/)[0];
  const name = path === '/' ? 'index.html' : FILE_NAME.exec(path)?.[1];
  const bytes = name && (method === 'GET' || method === 'HEAD') ? await fileIn(folder, name) : undefined;
  const type = TYPES[extname(name ?? '')] ?? 'application/octet-stream';
  response.writeHead(bytes ? 200 : 404, { ...HEADERS, 'content-type': bytes ? type : 'text/plain' });
  response.end(bytes ?? 'not found');
  await finished(response);
}

function fileIn(folder: URL, name: string): Promise<Buffer | undefined> {
  return readFile(new URL(name, folder)).catch(() => undefined);
}

function listening(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be opened (${message})`;
      reject(
        new InputError([{ file: 'tokenjoule explore', key: '', message: `port ${port} ${reason}; try --port 0` }]),
      );
    });
    server.listen(port, '127.0.0.1');
  });
}
