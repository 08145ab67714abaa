import { listText, nearest } from '../../words.js';
import { type CatalogueRecord, catalogueRecords, figure } from './records.js';
import { SHIPPED_REGIONS } from './shipped/shipped-regions.js';

/** Columns of grid-carbon.csv that are looked up without a disk: yearly means, gCO2e/kWh, location-based; water, L/kWh. */
export const REGION_COLUMNS = [
  'region_code',
  'region_name',
  'gco2e_per_kwh_2023',
  'gco2e_per_kwh_2024',
  'gco2e_per_kwh_2025',
  'water_l_per_kwh',
] as const;

/** A row of grid-carbon.csv. */
export type Region = CatalogueRecord<(typeof REGION_COLUMNS)[number]>;

const YEARS = ['2025', '2024', '2023'] as const;

/** All regions of grid-carbon.csv. */
export function shippedRegions(): Region[] {
  return catalogueRecords(REGION_COLUMNS, SHIPPED_REGIONS);
}

/** A year's mean intensity of a region's electricity, and the water that generating it takes where that is known. */
export interface RegionYear {
  readonly code: string;
  readonly name: string;
  readonly year: number;
  readonly gco2e_per_kwh: number;
  readonly water_l_per_kwh?: number;
}

/**
 * A region by its code: of a country (ISO 3166, three letters), of the world or a part of it, or of a cloud.
 *
 * @param year the newest that the table has if absent
 * @returns what to tell whoever wrote another code, or a year that the table has not
 */
export function regionYear(code: string, year?: number): RegionYear | { readonly unknown: string } {
  const regions = shippedRegions();
  const region = regions.find(({ region_code }) => region_code.toLowerCase() === code.toLowerCase());
  if (region === undefined)
    return { unknown: `no region has the code ${JSON.stringify(code)}; ${near(code, regions)}` };
  const known = YEARS.filter((one) => figure(region, `gco2e_per_kwh_${one}`) !== undefined);
  const chosen = year === undefined ? known[0] : known.find((one) => Number(one) === year);
  const { region_code, region_name: name } = region;
  if (chosen === undefined) return { unknown: `${region_code} (${name}) has ${known.join(', ')}; found ${year}` };
  const water = figure(region, 'water_l_per_kwh');
  return {
    code: region_code,
    name,
    year: Number(chosen),
    gco2e_per_kwh: figure(region, `gco2e_per_kwh_${chosen}`) as number,
    ...(water !== undefined && { water_l_per_kwh: water }),
  };
}

/** What a wrong code may mean: the region of that name, one letter away, or the codes that begin alike. */
function near(code: string, regions: readonly Region[]): string {
  const written = code.toLowerCase();
  const named = regions.find(({ region_name }) => region_name.toLowerCase() === written);
  const codes = regions.map(({ region_code }) => region_code);
  const meant = named?.region_code ?? nearest(code.toUpperCase(), codes) ?? nearest(written, codes);
  const alike = regions.filter(({ region_code }) =>
    meant === undefined ? region_code.toLowerCase().startsWith(written.slice(0, 2)) : region_code === meant,
  );
  const texts = alike.map(({ region_code, region_name }) => `${region_code} (${region_name})`);
  return texts.length === 0 ? 'codes are those of grid-carbon.csv, e.g. SWE' : `nearest: ${listText(texts)}`;
}
