import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { InputError } from '../errors.js';

/** A server of one page (this file needs Node). */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What an answer says of itself beside its own policy. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
} as const;

/** What a page that states no policy may do: nothing. */
const NOTHING = "default-src 'none'; base-uri 'none'";

/** The policy that a page states of itself. */
const POLICY = /http-equiv="Content-Security-Policy" content="([^"]+)"/;

/** A browser opens six connections. */
const MOST_CONNECTIONS = 64;
/** Requests of one connection that wait for their answers. */
const MOST_WAITING = 32;
/** A connection that takes nothing for so long is closed. */
const IDLE_MS = 30_000;

/**
 * Serves one page, and nothing else, to this machine alone. The page may do what it says itself, and stand in no other's frame.
 *
 * @param port 0 for any that is free
 * @throws InputError if the port is in use
 */
export async function servePage(html: string, port: number): Promise<PageServer> {
  const page = Buffer.from(html);
  const policy = `${POLICY.exec(html)?.[1] ?? NOTHING}; frame-ancestors 'none'`;
  const server = createServer(oneAfterTheOther((request, response) => answer({ page, policy }, request, response)));
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

interface Served {
  readonly page: Buffer;
  readonly policy: string;
}

async function answer(
  { page, policy }: Served,
  { url = '/', method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isThere = url.split(/[?#]/)[0] === '/' && (method === 'GET' || method === 'HEAD');
  const type = isThere ? 'text/html; charset=utf-8' : 'text/plain';
  response.writeHead(isThere ? 200 : 404, { ...HEADERS, 'content-security-policy': policy, 'content-type': type });
  response.end(isThere ? page : 'not found');
  await finished(response);
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
