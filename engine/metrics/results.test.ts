import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { worldsOf } from '../../test/extent.ts';
import { playIn } from '../../test/rounds/play.ts';
import { simulatedWorld } from '../../test/rounds/world.ts';
import { onEveryStore } from '../../test/stores.ts';
import type { Database } from '../store/database.ts';
import { byLoops } from './by-loops.fixture.ts';
import { results } from './results.ts';

const day = 86_400_000;

/** Returns all rows of the results as cells by their names, without the figures that are 0. */
async function cells(db: Database, project: Parameters<typeof results>[1], window: Parameters<typeof results>[2]) {
  const found = await results(db, project, window);
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

function some(figures: Record<string, number | null>): Record<string, number> {
  const rounded = Object.entries(figures).map(([name, n]): [string, number] => [
    name,
    Math.round((n ?? 0) * 1e4) / 1e4,
  ]);
  return Object.fromEntries(rounded.filter(([, n]) => n !== 0));
}

onEveryStore('results', (open, engine) => {
  // In the first of them nobody reaches a goal.
  const { first, worlds } = engine === 'DuckDB' ? worldsOf(3, 53) : worldsOf(0, 3);
  const all = fc.sample(simulatedWorld, { seed: 20_261_129, numRuns: 1 + first + worlds }).slice(1 + first);

  it.runIf(worlds > 0)(
    `count what loops over the rows count, in ${worlds} random worlds`,
    { timeout: 600_000 },
    async () => {
      let messages = 0;
      let conversions = 0;
      for (const [i, world] of all.entries()) {
        const db = await open();
        const root = await mkdtemp(join(tmpdir(), 'kaskad-results-'));
        try {
          await playIn(world, db, root);
        } finally {
          await rm(root, { recursive: true });
        }
        const project = { ...world.model.project, timezone: 'Pacific/Auckland' };
        for (const window of [
          { from: 0, to: world.end + 30 * day },
          { from: world.start + day / 2, to: world.start + 2 * day },
        ]) {
          const expected = await byLoops(db, project.timezone, window);
          const loops = {
            messages: new Map([...expected.messages].map(([key, cell]) => [key, some(cell)])),
            enrolments: new Map([...expected.enrolments].map(([key, cell]) => [key, some(cell)])),
          };
          expect(await cells(db, project, window), `world ${first + i}`).toEqual(loops);
          for (const cell of expected.messages.values()) messages += cell.decided ?? 0;
          for (const cell of expected.enrolments.values()) conversions += cell.converted ?? 0;
        }
      }
      expect(messages, 'messages').toBeGreaterThan(10 * worlds);
      expect(conversions, 'conversions').toBeGreaterThan(0);
    },
  );
});
