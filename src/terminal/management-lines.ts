import { alignedLines, significant } from '../format.js';
import { energyRatio, type PhaseEffect } from '../model/power-management/managed-phase.js';
import { managedPhases, type PowerManagement } from '../model/power-management/power-management.js';

/** What managed power does to each phase of serving, over the same node without; no lines where it is not managed. */
export function managementLines(management: PowerManagement | undefined): string[] {
  if (management === undefined) return [];
  const { prefill, decode } = managedPhases(management);
  return [
    '',
    ...alignedLines([
      [`power management, ${leverText(management)}`, 'speed', 'power', 'energy'],
      ['  prefill', ...cells(prefill)],
      ['  decode', ...cells(decode)],
    ]),
  ];
}

function leverText(management: PowerManagement): string {
  const { phase } = management;
  const of = phase === 'both' ? 'both phases' : phase;
  return 'clock' in management ? `clock ${management.clock} in ${of}` : `cap ${management.cap} in ${of}`;
}

function cells(effect: PhaseEffect): string[] {
  return [effect.speed, effect.power, energyRatio(effect)].map((ratio) => `×${significant(ratio)}`);
}
