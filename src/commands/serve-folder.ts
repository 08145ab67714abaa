import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
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

/** Names of files directly in the folder; nothing that climbs out of it can be written so. */
const FILE_NAME = /^\/([\w-]+(?:\.[\w-]+)+)$/;

/**
 * Serves the files of one folder, and none below it, to this machine alone.
 *
 * @param port 0 for any that is free
 * @throws InputError if the port is in use
 */
export async function serveFolder(folder: URL, port: number): Promise<FolderServer> {
  const server = createServer(async ({ url = '/', method }, response) => {
    const path = url.split(/[?#]/)[0];
    const name = path === '/' ? 'index.html' : FILE_NAME.exec(path)?.[1];
    const bytes = name && (method === 'GET' || method === 'HEAD') ? await fileIn(folder, name) : undefined;
    const type = TYPES[extname(name ?? '')] ?? 'application/octet-stream';
    response.writeHead(bytes ? 200 : 404, { 'content-type': bytes ? type : 'text/plain', 'cache-control': 'no-cache' });
    response.end(bytes ?? 'not found');
  });
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
