// The kernel's exports: each does one operation on the draws of a block or batch, columns and windows given by their byte addresses.
// The memory is imported; ../layout.ts lays it out. Nothing is allocated, nothing is kept between calls.
export { affine, differences, lnSums, minima, sums } from './columns';
export { addBytes, count, countKept, countTimes, settle } from './counting';
export { countAbove, countOutside, coupledUtilization, effectiveTokens, energy, fittedEnergy, fittedTps } from './model';
export { quantiles } from './quantiles';
export { factors, outputEnergy, outputRate, outputSeconds, requestSeconds } from './request-cost';
export { scoreWords } from './scores';
export { scramble } from './scramble';
export { lnTable, tokens } from './tokens';
export { words } from './words';
