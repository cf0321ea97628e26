import type { Story } from './behaviour.ts';
import type { Person } from './customers.ts';
import { random } from './random.ts';
import { END, later } from './time.ts';
import type { Category } from './words.ts';

/** Returns the reviews: about one delivered order in eight is reviewed, mostly well. */
export function reviews({ row }: Person, { orders }: Story): { at: number; rating: number }[] {
  const draw = random(`reviews ${row.id}`);
  const written = orders.flatMap(({ delivered }) => {
    if (!draw.chance(0.13)) return [];
    const rating = draw.weighted([
      [5, 58],
      [4, 25],
      [3, 9],
      [2, 4],
      [1, 4],
    ]);
    return [{ at: later(draw, delivered, 5, 240), rating }];
  });
  return written.filter(({ at }) => at < END).sort((a, b) => a.at - b.at);
}

/** Returns the interests that a customer has named, with blanks between; '' where nobody has asked. */
export function interests({ row }: Person): string {
  const draw = random(`interests ${row.id}`);
  if (!draw.chance(0.55)) return '';
  const all: Category[] = ['clothes', 'gadgets', 'kids', 'care'];
  const some = all.filter(() => draw.chance(0.35));
  return (some.length > 0 ? some : [draw.pick(all)]).join(' ');
}
