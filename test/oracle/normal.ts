import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/** Standard normal distribution function, through stdlib's port of FreeBSD's erfc (error below 1 ulp). */
export const standardNormalCdf: (z: number) => number = normalCdf.factory(0, 1);
