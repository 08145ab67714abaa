/** Two calls of each command, as the end of its help. All are of files that ship, but for results of earlier ones. */
export const EXAMPLES: Readonly<Record<string, readonly [string, string]>> = {
  run: [
    'tokenjoule run scenarios/oviedo-2026.yaml',
    "tokenjoule run 'scenarios/*.yaml' --out nights/2026-12-02 --previous nights/2026-12-01",
  ],
  sweep: [
    'tokenjoule sweep scenarios/sweep-input-length.yaml',
    'tokenjoule sweep scenarios/oviedo-2026.yaml --over pue=1.05,1.2,1.4 --samples 20000',
  ],
  merge: ['tokenjoule merge output/oviedo-2026', 'tokenjoule merge parts/one parts/two --out output'],
  worker: [
    'tokenjoule worker --cluster redis://localhost:6379',
    'tokenjoule worker --cluster redis://localhost:6379 --workers 4',
  ],
  status: [
    'tokenjoule status --cluster redis://localhost:6379',
    'tokenjoule status --cluster redis://localhost:6379 --cancel oviedo-2026',
  ],
  check: ["tokenjoule check 'scenarios/*.yaml'", 'tokenjoule check - < scenarios/oviedo-2026.yaml'],
  explain: ['tokenjoule explain scenarios/oviedo-2026.yaml', 'tokenjoule explain scenarios/azure-week.yaml'],
  throughput: ['tokenjoule throughput scenarios/oviedo-2026.yaml', 'tokenjoule throughput own.yaml --json'],
  catalogue: ['tokenjoule catalogue hardware', 'tokenjoule catalogue throughput 70B H200'],
  init: ['tokenjoule init own.yaml', 'tokenjoule init own.yaml --model "Llama 3.1 8B" --accelerator H100'],
  analyze: [
    'tokenjoule analyze scenarios/oviedo-2026.yaml',
    'tokenjoule analyze scenarios/oviedo-2026.yaml --method shapley --target P95',
  ],
  compare: [
    'tokenjoule compare scenarios/oviedo-2025.yaml scenarios/oviedo-2026.yaml --seed 1',
    'tokenjoule compare nights/2026-12-01 nights/2026-12-02',
  ],
  levers: ['tokenjoule levers scenarios/azure-week.yaml', 'tokenjoule levers scenarios/oviedo-2026.yaml --json'],
  trend: ['tokenjoule trend nights', 'tokenjoule trend nights --quiet || echo moved'],
  validate: ['tokenjoule validate', 'tokenjoule validate --against own-measurements.csv'],
  calibrate: [
    'tokenjoule calibrate own-measurements.csv',
    'tokenjoule calibrate own-measurements.csv --model "Llama 3.1 8B" --out own.yaml',
  ],
  annotate: [
    'tokenjoule annotate scenarios/oviedo-2026.yaml usage.jsonl',
    'tokenjoule annotate own.yaml usage.jsonl --model A',
  ],
  report: ['tokenjoule report output/oviedo-2026', 'tokenjoule report nights/2026-12-01/*'],
  convert: ['tokenjoule convert output --to csv', 'tokenjoule convert nights --to parquet --out lake'],
  query: [
    'tokenjoule query "SELECT scenario, subject, p50 FROM summary"',
    'tokenjoule query "SELECT * FROM fleet" output --json',
  ],
  explore: ['tokenjoule explore', 'tokenjoule explore --port 0'],
  schema: ['tokenjoule schema > scenario.schema.json', "tokenjoule schema | jq '.properties | keys'"],
  clean: ['tokenjoule clean --older-than 30', 'tokenjoule clean --keep 500MB'],
};
