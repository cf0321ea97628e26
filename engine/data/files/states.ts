import type { StatedConsent } from '../../../spec/model/data.ts';
import { meanings, wordKey } from './convert/convert.ts';
import type { InputFile, Item } from './record.ts';
import type { InputColumn, Shape } from './shape.ts';

/** Returns the file as it is read for the states of consent in it: the customer's id, and then the columns of each state. */
export function statesFile(file: InputFile): InputFile {
  const { states } = file.shape;
  if (!states) return file;
  const names = new Set(states.flatMap((state) => [statusOf(state), state.at]).filter((name) => name !== undefined));
  const columns = [...names].map((name): InputColumn => ({ name, type: 'string', required: true, pii: false }));
  return { ...file, shape: { of: file.shape.of, id: 'given', columns, ignoresOthers: true } };
}

/** Makes rows of consent, one for each channel, of a customer's row. */
export function statesOf(shape: Shape, raw: InputFile): (item: Item) => Item[] {
  const { states } = shape;
  if (!states) return (item) => [item];
  const at = (name: string | undefined) =>
    name === undefined ? undefined : 1 + raw.shape.columns.findIndex((column) => column.name === name);
  const words = meanings(raw.values ?? {});
  const places = states.map((state) => ({ state, status: at(statusOf(state)), since: at(state.at) }));
  return (item) => {
    // Reported for the customers of the file already.
    if (!('cells' in item)) return item.code === 'unused-rename' ? [] : [item];
    const { line, cells, passed } = item;
    if (passed) return [item];
    const valueAt = (place: number | undefined) => (place === undefined ? undefined : cells[place]);
    const said = places.flatMap(({ state, status, since }) => {
      const word = wordOf(state, valueAt(status), words);
      return word === undefined ? [] : [{ state, word, at: valueAt(since) }];
    });
    // A refusal decides about its channel, whatever another column has.
    const refused = new Set(said.flatMap(({ state }) => ('refusal' in state ? [state.channel] : [])));
    return said
      .filter(({ state }) => 'refusal' in state || !refused.has(state.channel))
      .map(({ state, word, at }) => ({ line, cells: [undefined, cells[0], state.channel, word, at] }));
  };
}

/** Returns the column of the consent. */
function statusOf(state: StatedConsent): string | undefined {
  if ('column' in state) return state.column;
  return 'refusal' in state ? state.refusal : undefined;
}

/** The words in a column of refusals that mean no refusal. */
const NONE = ['', 'no', 'false', '0'];

function isNone(value: unknown, words: ReadonlyMap<string, string>): boolean {
  const key = wordKey(String(value));
  return NONE.includes(words.get(key) ?? key);
}

/** Returns the consent that the value of a column states; undefined: none. */
function wordOf(state: StatedConsent, value: unknown, words: ReadonlyMap<string, string>): string | undefined {
  if ('always' in state) return state.always;
  const isEmpty = value === undefined || value === null || String(value).trim() === '';
  if ('refusal' in state) return isEmpty || isNone(value, words) ? undefined : 'no';
  // In JSON it may be true or 1.
  return isEmpty ? 'no' : String(value);
}
