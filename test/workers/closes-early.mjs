// Closes pools whose threads are still starting, at all moments of their start. Prints how many it opened.
import { openPool } from '../../dist/index.js';

const POOLS = 20;
for (let i = 0; i < POOLS; i++) {
  const pool = await openPool(8);
  await new Promise((resolve) => setTimeout(resolve, 150 + 30 * i));
  await pool.close();
}
console.log(`${POOLS} pools`);
