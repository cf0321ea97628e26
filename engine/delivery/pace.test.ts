import { expect, test } from 'vitest';
import { retryAt } from './entry.ts';
import { Pace, Slots } from './pace.ts';

function clock() {
  const state = { now: 1_000_000 };
  return {
    state,
    now: () => state.now,
    sleep: async (ms: number) => {
      state.now += ms;
    },
  };
}

test('a rate holds over any second, however the messages come', async () => {
  const { state, now, sleep } = clock();
  const pace = new Pace(50, now, sleep);
  const passed: number[] = [];
  for (let i = 0; i < 500; i++) {
    if (i % 97 === 0) state.now += 3_000;
    await pace.pass();
    passed.push(state.now);
  }
  for (const [i, from] of passed.entries())
    expect(passed.slice(i).filter((at) => at < from + 1000).length).toBeLessThanOrEqual(56);
});

test('a rate is also reached, although timers are late', async () => {
  const { state, now } = clock();
  const began = state.now;
  const pace = new Pace(500, now, async (ms) => {
    state.now += Math.ceil(ms) + 1;
  });
  for (let i = 0; i < 1000; i++) await pace.pass();
  expect(state.now - began).toBeLessThan(2100);
});

test('a rate below one a second, and none at all', async () => {
  const slow = clock();
  const pace = new Pace(0.2, slow.now, slow.sleep);
  for (let i = 0; i < 3; i++) await pace.pass();
  expect(slow.state.now - 1_000_000).toBeGreaterThanOrEqual(9_900);
  const free = clock();
  const none = new Pace(undefined, free.now, free.sleep);
  for (let i = 0; i < 3; i++) await none.pass();
  expect(free.state.now).toBe(1_000_000);
});

test('a clock set back does not stop a channel', async () => {
  const { state, now, sleep } = clock();
  const pace = new Pace(10, now, sleep);
  await pace.pass();
  state.now -= 3_600_000;
  const before = state.now;
  await pace.pass();
  expect(state.now - before).toBeLessThanOrEqual(100);
});

test('slots bound what is under way, first come first served', async () => {
  const slots = new Slots(2);
  const order: number[] = [];
  await slots.take();
  await slots.take();
  const waiting = [1, 2].map((n) => slots.take().then(() => order.push(n)));
  await Promise.resolve();
  expect(order).toEqual([]);
  slots.give();
  slots.give();
  await Promise.all(waiting);
  expect(order).toEqual([1, 2]);
});

test('the wait doubles up to a quarter of an hour, spread, and never undercuts the provider', () => {
  const waits = (attempts: number) => Array.from({ length: 200 }, (_, i) => retryAt(`m${i}`, attempts, 0));
  for (const [attempts, low, high] of [
    [1, 15_000, 45_000],
    [3, 60_000, 180_000],
    [10, 450_000, 900_000],
    [2000, 450_000, 900_000],
  ] as const) {
    expect(Math.min(...waits(attempts))).toBeGreaterThanOrEqual(low);
    expect(Math.max(...waits(attempts))).toBeLessThanOrEqual(high);
  }
  expect(new Set(waits(1)).size).toBeGreaterThan(150);
  expect(retryAt('m', 1, 0, 3_600_000)).toBe(3_600_000);
  expect(retryAt('m', 1, 5)).toBe(retryAt('m', 1, 5));
});
