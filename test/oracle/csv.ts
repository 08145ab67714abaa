/**
 * Records of a CSV text with a header line, keyed by header (RFC 4180: quoted fields may hold commas, line breaks and
 * doubled quotes). Own parser, so that a parsing error in the project cannot hide in the oracle too.
 */
export function parseCsv(text: string): ReadonlyMap<string, string>[] {
  const lines: string[][] = [[]];
  let field = '';
  let quoted = false;
  const endField = () => {
    lines[lines.length - 1].push(field);
    field = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') endField();
    else if (c === '\n') {
      endField();
      lines.push([]);
    } else if (c !== '\r') field += c;
  }
  if (field !== '' || lines[lines.length - 1].length > 0) endField();
  else lines.pop();
  const [header, ...records] = lines;
  return records.map((record, index) => {
    if (record.length !== header.length) throw new Error(`record ${index + 1}: ${record.length} fields`);
    return new Map(header.map((name, column) => [name, record[column]]));
  });
}
