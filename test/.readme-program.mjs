import { loadScenario, simulate, tablesOf } from 'tokenjoule';

const scenario = await loadScenario('scenarios/oviedo-2026.yaml', { samples: 200_000, set: ['pue=1.1'] });
const { summary } = await tablesOf(await simulate(scenario, { workers: 2 }));
const blend = summary.find((row) => row.subject === 'frontier' && row.trim === 'p14-p86' && row.pathway === 'baseline');
console.log(`${blend.p50.toFixed(2)} ${blend.unit} (${blend.p25.toFixed(2)}–${blend.p75.toFixed(2)})`);
