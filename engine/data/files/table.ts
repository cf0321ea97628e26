import { later } from '../../../spec/words/t.ts';
import { selection } from './conditions.ts';
import { layout } from './header.ts';
import { type InputFile, type Item, type RawRow, setAside } from './record.ts';

/** Makes rows of cells, for the formats whose first record names the columns. */
export interface Table {
  columns: number;
  names: string[];
  /** The index of the cell of the shape's id and of each of its columns; -1: the file has no such column. */
  positions: number[];
  /** About the header. */
  problems: Item[];
  row(line: number, cells: unknown[]): Item;
}

/** Throws `Refused` where the header does not do. */
export function table(names: string[], line: number, file: InputFile): Table {
  const columns = names.length;
  const plain = names.map((name) => name.trim().replace(/\s+/g, ' '));
  if (file.shape.written)
    return {
      columns,
      names: plain,
      positions: [],
      problems: [{ line, cells: plain }],
      row: (line, cells) => ({ line, cells }),
    };
  const folders = Object.entries(file.folders ?? {}).filter(([name]) => !plain.includes(name));
  const all = [...plain, ...folders.map(([name]) => name)];
  const plan = layout(all, line, file);
  const chosen = selection(all, line, file);
  const more = folders.map(([, value]) => value);

  const own = (cells: unknown[]) => plan.positions.map((position) => (position < 0 ? undefined : cells[position]));
  const rowOf = (line: number, given: unknown[]): RawRow => {
    const cells = more.length > 0 ? [...given, ...more] : given;
    const row = { line, cells: own(cells) };
    return chosen && !chosen(cells) ? { ...row, passed: true } : row;
  };
  const row = (at: number, cells: unknown[]): Item => {
    if (cells.length !== columns) {
      const doubt = setAside(file.path, at, 'wrong-cell-count', wrongCount(cells.length, columns));
      // Its cells may be in the wrong columns, so that no condition can leave it out.
      return file.shape.refuses ? { line: at, cells: own(cells), doubt } : doubt;
    }
    return rowOf(at, cells);
  };
  return { columns, names: plain, positions: plan.positions, problems: plan.problems, row };
}

function wrongCount(cells: number, columns: number): string {
  return cells === 1
    ? later`The row has 1 cell and the header ${columns}; it is lost. Quote cells that hold the separator.`
    : later`The row has ${cells} cells and the header ${columns}; it is lost. Quote cells that hold the separator.`;
}
