import { posix } from 'node:path';
import { Broken } from '../broken.ts';
import type { Archive } from './archive.ts';
import { type NumberForm, numberForm } from './number-forms.ts';
import { readAllXml, type XmlEvents } from './xml.ts';

export interface Sheet {
  name: string;
  /** The name of its file in the archive. */
  part: string;
}

/** The parts of a workbook that all sheets share. */
export interface Book {
  /** The columns that are shown, in order. */
  sheets: Sheet[];
  /** Style of a cell → how its number is shown. */
  forms: (NumberForm | undefined)[];
  strings: string[];
  since1904: boolean;
}

/** Throws `Broken`. */
export async function readBook(archive: Archive): Promise<Book> {
  const [main] = (await links(archive, '')).filter(({ type }) => type === 'officeDocument');
  const part = main?.target ?? 'xl/workbook.xml';
  if (!archive.has(part)) throw new Broken('no-workbook');
  const linked = await links(archive, part);
  const targets = new Map(linked.map(({ id, target }) => [id, target]));
  const sheets: Sheet[] = [];
  let since1904 = false;
  await readAllXml(archive.text(part), {
    open(name, attributes) {
      if (name === 'workbookPr') since1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet' || /hidden/i.test(attributes.state ?? '')) return;
      const target = targets.get(linkOf(attributes, 'id'));
      if (target && archive.has(target)) sheets.push({ name: attributes.name ?? '', part: target });
    },
  });
  const found = (type: string) => linked.find((link) => link.type === type && archive.has(link.target))?.target;
  const [styles, strings] = [found('styles'), found('sharedStrings')];
  return {
    sheets,
    since1904,
    forms: styles ? await numberForms(archive.text(styles)) : [],
    strings: strings ? await sharedStrings(archive.text(strings)) : [],
  };
}

interface Link {
  id: string;
  /** The last word of the kind of link. */
  type: string;
  target: string;
}

/** Returns the links of a part to others; of the whole: ''. */
async function links(archive: Archive, part: string): Promise<Link[]> {
  const { dir, base } = posix.parse(part);
  const found: Link[] = [];
  const name = posix.join(dir, '_rels', `${base}.rels`);
  if (!archive.has(name)) return found;
  await readAllXml(archive.text(name), {
    open(tag, { Id = '', Type = '', Target = '', TargetMode }) {
      if (tag !== 'Relationship' || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(dir, Target);
      found.push({ id: Id, type: posix.basename(Type), target });
    },
  });
  return found;
}

async function numberForms(input: AsyncIterable<string>): Promise<Book['forms']> {
  const codes = new Map<string, string>();
  const forms: Book['forms'] = [];
  let ofCells = false;
  await readAllXml(input, {
    open(name, attributes) {
      const { numFmtId = '0', formatCode = '' } = attributes;
      if (name === 'numFmt') codes.set(numFmtId, formatCode);
      else if (name === 'cellXfs') ofCells = true;
      else if (name === 'xf' && ofCells) forms.push(numberForm(Number(numFmtId), codes.get(numFmtId)));
    },
    close(name) {
      if (name === 'cellXfs') ofCells = false;
    },
  });
  return forms;
}

async function sharedStrings(input: AsyncIterable<string>): Promise<string[]> {
  const strings: string[] = [];
  const text = textEvents();
  await readAllXml(input, {
    ...text,
    close(name) {
      text.close?.(name);
      if (name === 'si') strings.push(text.take());
    },
  });
  return strings;
}

/** Collects the text of a cell from its runs; how it is pronounced does not count. */
export function textEvents(): Required<XmlEvents> & { take(): string } {
  let all = '';
  let inside = false;
  let spoken = false;
  return {
    open(name) {
      if (name === 'rPh') spoken = true;
      inside = name === 't' && !spoken;
    },
    text(piece) {
      if (inside) all += piece;
    },
    close(name) {
      if (name === 'rPh') spoken = false;
      inside = false;
    },
    take() {
      const taken = decoded(all);
      all = '';
      return taken;
    },
  };
}

/** Characters that XML has none of are written with their codes: `_x000D_`. */
export function decoded(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Returns the value of an attribute, whatever its prefix. */
function linkOf(attributes: Record<string, string>, name: string): string {
  return Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1] ?? '';
}
