import type { InputFile, Item } from './record.ts';
import type { InputColumn, Shape } from './shape.ts';

/** Returns the file as it is read for the states of consent in it: the customer's id, and then the columns of each state. */
export function statesFile(file: InputFile): InputFile {
  const { states } = file.shape;
  if (!states) return file;
  const names = new Set(
    states.flatMap((state) => [
      ...('column' in state ? [state.column] : []),
      ...(state.at === undefined ? [] : [state.at]),
    ]),
  );
  const columns = [...names].map((name): InputColumn => ({ name, type: 'string', required: true, pii: false }));
  return { ...file, shape: { of: file.shape.of, id: 'given', columns, ignoresOthers: true } };
}

/** Makes rows of consent, one for each channel, of a customer's row. */
export function statesOf(shape: Shape, raw: InputFile): (item: Item) => Item[] {
  const { states } = shape;
  if (!states) return (item) => [item];
  const at = (name: string) => 1 + raw.shape.columns.findIndex((column) => column.name === name);
  const places = states.map((state) => ({
    channel: state.channel,
    status: 'column' in state ? at(state.column) : undefined,
    always: 'always' in state ? state.always : 'no',
    since: state.at === undefined ? undefined : at(state.at),
  }));
  return (item) => {
    // Said of the customers of the file already.
    if (!('cells' in item)) return item.code === 'unused-rename' ? [] : [item];
    const { line, cells, passed } = item;
    if (passed) return [item];
    const isEmpty = (cell: unknown) => cell === undefined || cell === null || String(cell).trim() === '';
    return places.map(({ channel, status, always, since }) => ({
      line,
      cells: [
        undefined,
        cells[0],
        channel,
        status === undefined || isEmpty(cells[status]) ? always : cells[status],
        since === undefined ? undefined : cells[since],
      ],
    }));
  };
}
