import type { Field, Source } from '../../../spec/model/data.ts';
import { t } from '../../../spec/words/t.ts';
import type { Understood } from './columns.ts';
import { consentIn } from './consent-columns.ts';
import { type Declared, idsBy, shareOf, writingOfFile } from './draft.ts';
import type { FileGuess, Shown, Wishes } from './guess.ts';
import { alikeIn, type Look } from './look.ts';
import { conflict, exampleOf, fieldOf, isPerson, nameOf } from './naming.ts';
import { nestedEvents } from './nested.ts';

/** The candidates in the order of preference. */
const identifiers = ['id', 'customer', 'card_number', 'email', 'phone'];

/** Returns the column by which customers are known: one with a value of its own in each row, to which events refer. */
export function identifying(columns: Understood[], events: Understood[][]): Understood | undefined {
  const identifies = ({ filled, unique, texts }: Understood) => filled >= 0.9 && unique >= 0.9 && !isPerson(texts);
  const place = ({ concept }: Understood) => identifiers.indexOf(concept?.name ?? '');
  const candidates = columns.filter((one) => place(one) >= 0 && identifies(one)).sort((a, b) => place(a) - place(b));
  const joins = (candidate: Understood) => {
    const known = new Set(candidate.texts);
    return events.every((one) =>
      one.some((column) => column.concept?.name !== 'order' && shareOf(column, known) >= 0.3),
    );
  };
  return (events.length > 0 ? candidates.find(joins) : undefined) ?? candidates[0];
}

export function customersSource(
  look: Look,
  columns: Understood[],
  id: Understood,
  wishes: Wishes,
  known: Field[],
): Omit<FileGuess, 'why'> {
  const taken = new Set(['id']);
  const declared: Declared[] = [];
  const fields: Field[] = [];
  const shown: Shown[] = [];
  const remarks = alikeIn(look);
  const rename: Source['rename'] = {};
  const nested = new Set(nestedEvents(look).map(({ writing }) => writing.each));
  const { consent, parts, remarks: ofConsent } = consentIn(columns, wishes);
  remarks.push(...ofConsent);
  // Templates that greet by `name` go on to do so.
  const greeted = known.some(({ name }) => name === 'name') && !columns.some(({ concept }) => concept?.name === 'name');
  for (const column of columns) {
    const { column: header, writing, decimal } = column;
    const wish = wishes.names.get(header);
    const own = [];
    if (column === id) own.push('id');
    const part = parts.get(header);
    if (part) {
      const { names, type } = part;
      declared.push({ column: header, names: [], writing: part.writing });
      shown.push({ column: header, names, type, example: exampleOf(column, type !== 'consent') });
      continue;
    }
    const both = column === id && ['email', 'phone'].includes(column.type);
    const left = wish === '' || nested.has(header) || (column === id && !both && wish === undefined);
    if (!left) {
      const plain = greeted && column.concept?.name === 'first_name' ? 'name' : nameOf(column, known, taken);
      const name = wish && !taken.has(wish) ? wish : plain;
      taken.add(name);
      const field = fieldOf(column, name, known);
      fields.push(field);
      remarks.push(...conflict(column, field));
      own.push(name);
    }
    const field = fields.at(-1);
    if (own.length > 0)
      declared.push({
        column: header,
        names: own.filter((name) => name !== 'id'),
        writing,
        ...(decimal && { decimal }),
      });
    if (own.length > 0 && (own.length > 1 || own[0] !== header))
      rename[header] = own.length === 1 ? (own[0] ?? '') : own;
    shown.push({
      column: header,
      names: own,
      type: nested.has(header) ? 'events' : own.length === 0 ? '' : left ? 'id' : (field?.type ?? column.type),
      example: exampleOf(
        column,
        column === id
          ? column.type !== 'string' && column.type !== 'integer'
          : field?.pii !== false || column.concept?.pii === true,
      ),
    });
    remarks.push(...column.remarks.map((remark) => `"${header}": ${remark}`));
  }
  if (!['id', 'customer'].includes(id.concept?.name ?? '')) {
    remarks.push(t`customers are known by "${id.column}"`);
  }
  const phones = fields.find(({ type }) => type === 'phone');
  const country = fields.some(({ type }) => type === 'country');
  const local = columns.find(({ type, texts }) => type === 'phone' && !texts.every((text) => text.startsWith('+')));
  if (phones && local && !country) {
    remarks.push(
      t`"${local.column}": numbers without the code of their country are read as of the country of \`timezone\` under \`project\``,
    );
  }
  const nothing = [...new Set(columns.flatMap((column) => column.nothing))];
  const source = { path: look.path, rename, ...idsBy(id), ...writingOfFile(look.writing, declared, nothing) };
  return { path: look.path, kind: 'customers', source, fields, columns: shown, consent, remarks };
}
