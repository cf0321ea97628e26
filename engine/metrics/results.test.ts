import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Model } from '../../spec/model/model.ts';
import { worldsOf } from '../../test/extent.ts';
import { playIn } from '../../test/rounds/play.ts';
import { simulatedWorld } from '../../test/rounds/world.ts';
import { onEveryStore } from '../../test/stores.ts';
import { compile } from '../compile/compile.ts';
import type { Row } from '../store/database.ts';
import { type Attribution, models } from './attribution.ts';
import { byLoops, creditsByLoops } from './by-loops.fixture.ts';
import { type Results, results } from './results.ts';

const day = 86_400_000;

/** Returns all rows of the results as cells by their names, without the figures that are 0. */
function cells(found: Results) {
  const all = { messages: new Map<string, object>(), enrolments: new Map<string, object>() };
  for (const { rows } of found.campaigns) {
    for (const { campaign, version, step, arm, channel, day, reasons, ...figures } of rows.messages) {
      const why = Object.entries(reasons).map(([reason, n]) => [`refused for ${reason}`, n]);
      all.messages.set(
        [campaign, version, step, arm ?? '–', channel, day].join(' '),
        some({ ...figures, ...Object.fromEntries(why) }),
      );
    }
    for (const { campaign, version, arm, day, ...figures } of rows.enrolments)
      all.enrolments.set([campaign, version, arm ?? '–', day].join(' '), some(figures));
  }
  return all;
}

/** Returns the parts of the events likewise. */
function credits({ credits: all, unattributed }: Attribution): Map<string, object> {
  const found = all.map(({ campaign, step, channel, events, revenue }): [string, object] => {
    const parts = models.flatMap((model) => [
      [`${model} events`, events[model]],
      [`${model} revenue`, revenue[model]],
    ]);
    return [[campaign, step, channel].join(' '), some(Object.fromEntries(parts))];
  });
  const { events, revenue } = unattributed;
  return new Map([
    ...found,
    ...(events > 0 ? [['nobody', some({ 'no events': events, 'no revenue': revenue })] as const] : []),
  ]);
}

/** Returns the value of an event by its goal: a field of the event, in these worlds. */
function worthIn({ campaigns }: Model, { valuedBy }: Attribution): (row: Row) => number {
  const worth = campaigns.find(({ name }) => name === valuedBy)?.goal?.value;
  if (!worth) return () => 0;
  if (worth.kind !== 'field') throw new Error(`a goal is worth something else: ${JSON.stringify(worth)}`);
  return (row) => Number(row[worth.name] ?? 0);
}

function some(figures: Record<string, number | null>): Record<string, number> {
  const rounded = Object.entries(figures).map(([name, n]): [string, number] => [
    name,
    Math.round((n ?? 0) * 1e4) / 1e4,
  ]);
  return Object.fromEntries(rounded.filter(([, n]) => n !== 0));
}

onEveryStore('results', (open, engine) => {
  // No enrolment of the first world reaches a goal.
  const { first, worlds } = engine === 'DuckDB' ? worldsOf(3, 53) : worldsOf(0, 3);
  const all = fc.sample(simulatedWorld, { seed: 20_261_131, numRuns: 1 + first + worlds }).slice(1 + first);

  // `npm test` has no worlds for PostgreSQL; `npm run test:full` plays them.
  it.runIf(worlds > 0)(
    `count what loops over the rows count, in ${worlds} random worlds`,
    { timeout: 600_000 },
    async () => {
      let messages = 0;
      let conversions = 0;
      let touches = 0;
      for (const [i, world] of all.entries()) {
        const db = await open();
        const root = await mkdtemp(join(tmpdir(), 'kaskad-results-'));
        try {
          await playIn(world, db, root);
        } finally {
          await rm(root, { recursive: true });
        }
        const compiled = compile(world.model);
        const program = { ...compiled, project: { ...compiled.project, timezone: 'Pacific/Auckland' } };
        const toCustomers = new Set(
          world.model.channels.flatMap(({ name, kind }) => (kind === 'webhook' || kind === 'task' ? [] : [name])),
        );
        for (const window of [
          { from: 0, to: world.end + 30 * day },
          { from: world.start + day / 2, to: world.start + 2 * day },
        ]) {
          const expected = await byLoops(db, program.project.timezone, window);
          const loops = {
            messages: new Map([...expected.messages].map(([key, cell]) => [key, some(cell)])),
            enrolments: new Map([...expected.enrolments].map(([key, cell]) => [key, some(cell)])),
          };
          const found = await results(db, program, window);
          expect(cells(found), `world ${first + i}`).toEqual(loops);
          for (const { campaign, rows } of found.campaigns.slice(0, 1)) {
            const alone = await results(db, program, window, { campaign });
            expect(alone.campaigns.map((one) => one.rows)).toEqual([rows]);
          }
          for (const one of found.attribution) {
            const shared = await creditsByLoops(db, window, one.event, worthIn(world.model, one), toCustomers);
            expect(credits(one), `${one.event} in world ${first + i}`).toEqual(
              new Map([...shared].map(([key, cell]) => [key, some(cell)])),
            );
            touches += one.credits.length;
          }
          for (const cell of expected.messages.values()) messages += cell.decided ?? 0;
          for (const cell of expected.enrolments.values()) conversions += cell.converted ?? 0;
        }
      }
      expect(messages, 'messages').toBeGreaterThan(10 * worlds);
      expect(conversions, 'conversions').toBeGreaterThan(0);
      expect(touches, 'credits').toBeGreaterThan(0);
    },
  );
});
