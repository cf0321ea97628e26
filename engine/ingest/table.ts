import { many } from '../../spec/many.ts';
import { type Layout, layout } from './header.ts';
import { type InputFile, type Item, type RawRow, setAside } from './record.ts';

/** Makes rows of cells, for the formats whose first record names the columns. */
export interface Table {
  columns: number;
  /** About the header. */
  problems: Layout['problems'];
  row(line: number, cells: string[]): Item;
}

/** Throws `Refused` where the header does not do. */
export function table(names: string[], line: number, file: InputFile): Table {
  const plan = layout(
    names.map((name) => name.trim().replace(/\s+/g, ' ')),
    line,
    file,
  );
  const columns = names.length;

  const rowOf = (line: number, cells: string[]): RawRow => ({
    line,
    cells: plan.positions.map((position) => (position < 0 ? undefined : cells[position])),
  });
  const row = (at: number, cells: string[]): Item => {
    if (cells.length !== columns) {
      const message = `The row has ${many(cells.length, 'cell')} and the header ${columns}; it was left out. Quote cells that hold the separator.`;
      const doubt = setAside(file.path, at, 'wrong-cell-count', message);
      return file.shape.refuses ? { ...rowOf(at, cells), doubt } : doubt;
    }
    return rowOf(at, cells);
  };
  return { columns, problems: plan.problems, row };
}
