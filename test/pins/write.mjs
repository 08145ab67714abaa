// Makes the present build what test/pins expects, and prints what moved by it, for the message of the commit that moves a pin:
// of every case each table and column, how many rows, the first of them before and now, and the largest relative change.
//
//   npm run build && node test/pins/write.mjs [part of a case's name, e.g. oviedo-2026-sobol]
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

// Vite runs TypeScript as the tests are run.
const root = fileURLToPath(new URL('../../', import.meta.url));
const server = await createViteServer({
  root,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false },
});
try {
  const { write } = await server.ssrLoadModule('/test/pins/write.ts');
  await write(process.argv[2] ?? '', console.log);
} finally {
  await server.close();
}
