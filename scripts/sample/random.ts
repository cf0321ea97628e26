/** Numbers that look random and are the same on every machine for the same seed. */
export interface Random {
  /** Returns a number in [0, 1). */
  next(): number;
  /** Returns a whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Returns one of the values by weight: pairs of a value and its weight. */
  weighted<T>(from: readonly (readonly [T, number])[]): T;
  hex(digits: number): string;
}

/** Returns a stream of numbers. Streams of different labels are independent, so that a change to one does not change the others. */
export function random(label: string): Random {
  let state = seedOf(label);

  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return (mix(state) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(from: readonly T[]): T => {
    const found = from[whole(0, from.length - 1)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };

  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick,
    weighted(from) {
      let rest = next() * from.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [what, weight] of from) {
        rest -= weight;
        if (rest < 0) return what;
      }
      return pick(from)[0];
    },
    hex: (digits) => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join(''),
  };
}

function seedOf(label: string): number {
  let seed = 0x2f6e2b1;
  for (const letter of label) seed = mix(seed ^ (letter.codePointAt(0) ?? 0));
  return seed;
}

/** Spreads each bit over all others. */
function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return bits ^ (bits >>> 15);
}
