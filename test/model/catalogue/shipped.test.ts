// What is looked up without a disk: that it is what the tables of scenarios/data say, cell by cell, that names lead to rows, and that
// unknown names are told the nearest. What it cannot see: whether the tables are right.
import { describe, expect, it } from 'vitest';
import { aliasRows } from '../../../src/model/catalogue/aliases.js';
import { HARDWARE_COLUMNS, hardware, shippedHardware } from '../../../src/model/catalogue/hardware.js';
import { catalogueModel, MODEL_COLUMNS, shippedModels } from '../../../src/model/catalogue/models.js';
import { shippedNames, unknownText } from '../../../src/model/catalogue/names.js';
import { figure } from '../../../src/model/catalogue/records.js';
import { REGION_COLUMNS, regionYear, shippedRegions } from '../../../src/model/catalogue/regions.js';
import { shippedTable } from '../throughput/pool-tables.js';

const cells = (file: string, columns: readonly string[]) =>
  shippedTable(file).map((record) => Object.fromEntries(columns.map((column) => [column, record[column]])));

describe('what is looked up without a disk', () => {
  it('is hardware.csv, models.csv and grid-carbon.csv, cell by cell', () => {
    expect(shippedHardware()).toEqual(cells('hardware.csv', HARDWARE_COLUMNS));
    expect(shippedModels()).toEqual(cells('models.csv', MODEL_COLUMNS));
    expect(shippedRegions()).toEqual(cells('grid-carbon.csv', REGION_COLUMNS));
  });

  it('knows the names of aliases.csv, each with its meaning and family', () => {
    const names = shippedNames();
    for (const { kind, name, canonical_name, family } of aliasRows(shippedTable('aliases.csv')))
      expect(names.find(kind, name)).toMatchObject({ canonical_name, family });
    const all = (['model', 'accelerator', 'precision'] as const).flatMap((kind) => names.names(kind));
    const written = new Set(shippedTable('aliases.csv').flatMap(({ name, canonical_name }) => [name, canonical_name]));
    expect(new Set(all)).toEqual(written);
  });
});

describe('a look-up', () => {
  it('finds an accelerator and a model by their own names, by aliases, and in other capitals', () => {
    for (const name of ['H200 SXM 141GB', 'H200', 'nvidia h200 sxm']) {
      const looked = hardware(name);
      expect(looked).toMatchObject({
        found: { accelerator: 'H200 SXM 141GB', memory_gb: '141', node_max_power_kw: '10.2' },
      });
      if ('found' in looked) expect(figure(looked.found, 'host_fixed_w_per_node')).toBe(1852);
    }
    expect(catalogueModel('llama3.1-405b')).toMatchObject({
      found: { model: 'Llama 3.1 405B', total_params_b: '405' },
    });
    const tpu = hardware('TPU v5p');
    expect('found' in tpu && figure(tpu.found, 'memory_bandwidth_tb_s')).toBeUndefined();
  });

  it('finds a region by its code, in the newest year or the one that is asked for', () => {
    expect(regionYear('swe', 2023)).toMatchObject({ code: 'SWE', year: 2023, gco2e_per_kwh: 38.42 });
    expect(regionYear('WORLD')).toMatchObject({ year: 2025, gco2e_per_kwh: 458.29 });
    expect(regionYear('us-west4')).toMatchObject({ name: 'Las Vegas', year: 2024, gco2e_per_kwh: 357.3 });
    expect(regionYear('USA')).toMatchObject({ water_l_per_kwh: 3.1321 });
  });

  it('of an unknown name says which are nearest, of a mistyped one which is meant', () => {
    expect(hardware('H201')).toEqual({ unknown: { nearest: expect.arrayContaining(['H200 SXM 141GB']) } });
    expect(hardware('B300 SMX')).toEqual({ unknown: { nearest: ['B300 SXM'] } });
    const looked = catalogueModel('Qwen3 8C');
    expect('unknown' in looked && unknownText('model', 'Qwen3 8C', 'models.csv', looked.unknown)).toBe(
      'no model is called "Qwen3 8C"; nearest: Qwen3 8B, Qwen3 32B, Qwen3 14B; tokenjoule catalogue lists all',
    );
  });

  it('of a name that only aliases know says that the table has no row of it', () => {
    const looked = hardware('NVIDIA L40S');
    expect(looked).toMatchObject({ unknown: { canonical_name: 'L40S' } });
    expect('unknown' in looked && unknownText('accelerator', 'NVIDIA L40S', 'hardware.csv', looked.unknown)).toMatch(
      /^hardware\.csv has no row of L40S \(NVIDIA L40S\); nearest: /,
    );
  });
});
