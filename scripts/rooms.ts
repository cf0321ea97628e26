import { type Room, rooms } from '../test/rooms/rooms.ts';
import { table, withParts } from './parts.ts';

/** Returns CONTRIBUTING.md with the rooms of `engine` and `spec` as they are now. */
export function withRooms(page: string): string {
  return withParts(page, { rooms: [...house('engine'), '', ...house('spec')] });
}

/** Returns the table of a house: its floors, the highest first, each with its rooms. */
function house(name: string): string[] {
  const inside = rooms.filter(({ folder }) => folder.split('/')[0] === name);
  const highest = Math.max(...inside.map(floorOf));
  const floors = Array.from({ length: highest + 1 }, (_, i) => highest - i);
  const lines = floors.flatMap((floor) =>
    inside
      .filter((room) => floorOf(room) === floor)
      .map((room, i) => [i === 0 ? String(floor) : '', `\`${room.folder}\``, room.is, below(room).join(', ')]),
  );
  return table([['floor', 'room', 'what it is', 'stands on'], ...lines]);
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
