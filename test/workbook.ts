import { crc32, deflateRawSync } from 'node:zlib';

/** A sheet of a workbook; `rows`: the XML in `sheetData`. */
export interface TestSheet {
  name: string;
  rows: string;
  state?: string;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">';
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"/>`;

/** Returns the bytes of a workbook. The styles of its cells are: 0 general, 1 `dd.mm.yyyy`, 2 date and time, 3 duration, 4 time. */
export function workbook(
  sheets: TestSheet[],
  { strings = [], since1904 = false }: { strings?: string[]; since1904?: boolean } = {},
): Buffer {
  const list = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  );
  const formats = [
    `<numFmt numFmtId="164" formatCode="[$-419]dd\\.mm\\.yyyy;@"/>`,
    '<numFmt numFmtId="165" formatCode="[h]:mm:ss"/>',
    '<numFmt numFmtId="166" formatCode="0.00&quot; days&quot;"/>',
  ];
  const styles = [0, 164, 22, 165, 20, 166].map((id) => `<xf numFmtId="${id}"/>`);
  return zip({
    '_rels/.rels': `${XML}${RELATIONS}${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${XML}<workbook ${MAIN} xmlns:r="${RELATION}"><workbookPr date1904="${since1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}${RELATIONS}${sheets
      .map((_, i) => relation(`rId${i + 1}`, 'worksheet', `/xl/worksheets/sheet${i + 1}.xml`))
      .join(
        '',
      )}${relation('rIdS', 'styles', 'styles.xml')}${relation('rIdT', 'sharedStrings', 'SharedStrings.xml')}</Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet ${MAIN}><numFmts>${formats.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst ${MAIN}>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `${XML}<worksheet ${MAIN}><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  });
}

/** Returns the XML of rows, from row 1 on. A text is a text, a number a number, `{ v, t, s, f }` what it says, null an empty cell. */
export function rows(
  ...list: (string | number | boolean | null | { v?: unknown; t?: string; s?: number; f?: string })[][]
): string {
  return list
    .map((cells, i) => `<row r="${i + 1}">${cells.map((cell, j) => cellOf(cell, j, i + 1)).join('')}</row>`)
    .join('');
}

function cellOf(cell: unknown, column: number, row: number): string {
  const r = `r="${String.fromCharCode(65 + column)}${row}"`;
  if (cell === null) return `<c ${r}/>`;
  if (typeof cell === 'string') return `<c ${r} t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`;
  if (typeof cell === 'number') return `<c ${r}><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c ${r} t="b"><v>${cell ? 1 : 0}</v></c>`;
  const { v, t, s, f } = cell as { v?: unknown; t?: string; s?: number; f?: string };
  return `<c ${r}${t ? ` t="${t}"` : ''}${s ? ` s="${s}"` : ''}>${f ? `<f>${f}</f>` : ''}${v === undefined ? '' : `<v>${v}</v>`}</c>`;
}

/** Returns the bytes of a zip archive. */
export function zip(files: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [called, raw] = [Buffer.from(name), Buffer.from(text)];
    const packed = deflateRawSync(raw);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(0x800, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(crc32(raw), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(raw.length, 22);
    local.writeUInt16LE(called.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    local.copy(central, 6, 4, 30);
    central.writeUInt32LE(at, 42);
    parts.push(local, called, packed);
    directory.push(central, called);
    at += local.length + called.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 2, 8);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
