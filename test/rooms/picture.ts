import { type Room, rooms } from './rooms.ts';

const [begin, end] = [
  '<!-- The rooms: written by `npm run generate` from test/rooms/rooms.ts -->',
  '<!-- /The rooms -->',
];

/** Returns CONTRIBUTING.md with the picture of the rooms as they are now. */
export function withPicture(page: string): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`CONTRIBUTING.md lacks ${begin} … ${end}`);
  return `${before}${begin}\n\n${roomsPage()}\n\n${end}${after}`;
}

/** Returns the floors of `engine` and `spec`, the highest first, each with its rooms. */
export function roomsPage(): string {
  return ['engine', 'spec'].map(house).join('\n\n');
}

function house(name: string): string {
  const inside = rooms.filter(({ folder }) => folder.split('/')[0] === name);
  const highest = Math.max(...inside.map(floorOf));
  const floors = Array.from({ length: highest + 1 }, (_, i) => highest - i);
  const lines = floors.flatMap((floor) =>
    inside
      .filter((room) => floorOf(room) === floor)
      .map((room, i) => [i === 0 ? String(floor) : '', `\`${room.folder}\``, room.is, below(room).join(', ')]),
  );
  return table(['floor', 'room', 'what it is', 'stands on'], lines);
}

/** Returns the floor of a room within its house: one above the highest room of the house that it imports. */
function floorOf(room: Room): number {
  const own = importsOf(room).filter(({ folder }) => folder.split('/')[0] === room.folder.split('/')[0]);
  return own.length === 0 ? 0 : Math.max(...own.map(floorOf)) + 1;
}

const importsOf = (room: Room) => rooms.filter(({ folder }) => room.imports.includes(folder));

/** Returns the names of the rooms of the same house that a room imports and that none of its other imports imports. */
function below(room: Room): string[] {
  const direct = importsOf(room);
  return direct
    .filter((one) => one.folder.split('/')[0] === room.folder.split('/')[0])
    .filter((one) => !direct.some((other) => other !== one && reaches(other, one)))
    .map(({ folder }) => folder.replace(/^\w+\//, ''));
}

function reaches(room: Room, target: Room): boolean {
  return importsOf(room).some((one) => one === target || reaches(one, target));
}

/** Lays out a table of Markdown, its columns as wide as what they hold. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (cells: string[], fill: string) =>
    `| ${widths.map((n, i) => (cells[i] ?? '').padEnd(n, fill)).join(' | ')} |`;
  return [line(head, ' '), line([], '-'), ...rows.map((row) => line(row, ' '))].join('\n');
}
