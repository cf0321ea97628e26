/**
 * Counts how often each of many keys was added, in 24 bytes a key or so: a Map of strings would need ten times as much for
 * millions of rows, and ends at 16 million. Keys are 64 bits of a good hash, so that two different ones are as good as
 * never taken for the same (for 10 million keys, a chance of 1 in 350,000).
 */
export interface Tally {
  /** Adds a key. Returns the number of times that it was added before. */
  add(high: number, low: number): number;
}

export function tally(): Tally {
  let capacity = 1024;
  let used = 0;
  // Three numbers a slot: the key's halves and the count; a count of 0 means that the slot is free.
  let slots = new Uint32Array(3 * capacity);

  /** Returns the slot of the key. */
  const find = (high: number, low: number): number => {
    for (let slot = (low & (capacity - 1)) * 3; ; slot = (slot + 3) % slots.length) {
      if (slots[slot + 2] === 0 || (slots[slot] === high && slots[slot + 1] === low)) return slot;
    }
  };

  const put = (slot: number, high: number, low: number, count: number): void => {
    slots[slot] = high;
    slots[slot + 1] = low;
    slots[slot + 2] = count;
  };

  const grow = (): void => {
    const old = slots;
    capacity *= 2;
    slots = new Uint32Array(3 * capacity);
    for (let i = 0; i < old.length; i += 3) {
      const [high = 0, low = 0, count = 0] = old.subarray(i, i + 3);
      if (count > 0) put(find(high, low), high, low, count);
    }
  };

  return {
    add(high, low) {
      const slot = find(high, low);
      const before = slots[slot + 2] ?? 0;
      put(slot, high, low, before + 1);
      if (before === 0 && ++used * 2 > capacity) grow();
      return before;
    },
  };
}
