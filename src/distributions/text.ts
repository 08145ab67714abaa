import type { Distribution } from './index.js';

/** How a distribution is named in reports and complaints, e.g. `lognormal(P5 0.4, P95 0.9), min 0.1`. */
export function distributionText(distribution: Distribution): string {
  const bounds = (['min', 'max'] as const)
    .filter((bound) => distribution[bound] !== undefined)
    .map((bound) => `, ${bound} ${distribution[bound]}`);
  return wholeText(distribution) + bounds.join('');
}

function wholeText(distribution: Distribution): string {
  switch (distribution.family) {
    case 'constant':
      return String(distribution.parameters.value);
    case 'recorded':
      return `${distribution.parameters.file}: ${distribution.parameters.column}`;
    case 'cdf':
      return `cdf(${distribution.parameters.values.map((value, i) => `${value}: ${distribution.parameters.shares[i]}`).join(', ')})`;
    case 'empirical':
      return `empirical(${distribution.parameters.values.length} values)`;
    case 'mixture':
      return `mixture(${distribution.parameters.components
        .map((component) => `${component.weight} × ${distributionText(component.distribution)}`)
        .join('; ')})`;
    default:
      return `${distribution.family}(${numbersText(distribution.parameters.written ?? distribution.parameters)})`;
  }
}

function numbersText(numbers: object): string {
  return Object.entries(numbers)
    .map(([key, value]) => `${key.replace(/^p(?=\d)/, 'P')} ${value}`)
    .join(', ');
}
