import type { Manifest } from '../result/manifest.js';
import type { SweepManifest } from '../sweep/sweep-manifest.js';
import { latexText } from './table-texts.js';

/** BibTeX entries: of the paper for the method, and of this result, with what makes it again. */
export function bibTex({ scenario, engine_version, scenario_hash, started }: Manifest | SweepManifest): string {
  const [year] = started.split('-');
  const note = `Scenario ${scenario.name}, seed ${scenario.seed}, ${scenario.samples} samples, scenario hash ${scenario_hash}`;
  return `@article{oviedo2026energy,
  author  = {Oviedo, Felipe and others},
  title   = {Energy Use of {AI} Inference: Efficiency Pathways and Test-Time Compute},
  journal = {Joule},
  year    = {2026},
  eprint  = {2509.20241},
  archivePrefix = {arXiv}
}

@misc{tokenjoule-${scenario_hash.slice(0, 12)},
  title        = {tokenjoule ${engine_version}: energy per query, ${latexText(scenario.name)}},
  year         = {${year}},
  howpublished = {Computer software and its result},
  note         = {${latexText(note)}}
}
`;
}
