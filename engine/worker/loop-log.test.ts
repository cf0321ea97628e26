import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { machineClock } from '../../cli/clock.ts';
import { model } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { applyProgram } from '../deploy/apply.ts';
import { openSmallStore } from '../store/open-small.ts';
import { runLoop } from './loop.ts';

const world = model();
const from = (path: string) => [{ path, rename: {} }];

it('logs every file that is read: at the start, and between ticks', async () => {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-log-'));
  const db = await openSmallStore();
  const stop = new AbortController();
  const lines: string[] = [];
  const note = (level: string) => (fields: object, text: string) => {
    lines.push(`${level} ${text}: ${JSON.stringify(fields)}`);
  };
  const customers = { ...world.data.customers, sources: from('people.csv') };
  const project = { ...world.project, tick: 3_000 };
  const logs = {
    consent: from('consent.csv'),
    suppressions: from('suppressions.csv'),
    feedback: from('feedback.csv'),
  };
  const program = compile(model({ project, data: { ...world.data, customers, ...logs } }));
  try {
    await applyProgram(db, { program, at: Date.now(), lineage: 'test' });
    await writeFile(join(root, 'people.csv'), `id,email\n${'c1,a@example.com\n'.repeat(30)}`);
    const consent = `customer,channel,status,at\n${'c1,email,granted,2026-02-28\n'.repeat(30)}`;
    await writeFile(join(root, 'consent.csv'), consent);
    const running = runLoop(db, {
      root,
      tz: 'test',
      worker: 'w',
      ...machineClock,
      openCarrier: async () => ({ concurrency: 1, send: async () => ({ status: 'sent' }), close: async () => {} }),
      signal: stop.signal,
      log: { info: note('info'), warn: note('warn') },
    });
    await vi.waitFor(() => expect(lines.filter((line) => line.includes(' tick:'))).not.toHaveLength(0), 6000);
    expect(lines).toContainEqual(expect.stringMatching(/^warn read, with problems: .*people\.csv.*"problems":29/));
    expect(lines).toContainEqual(expect.stringMatching(/^info read: .*consent\.csv/));
    await writeFile(join(root, 'consent.csv'), `${consent}c1,emial,withdrawn,2026-03-01\n`);
    const expected = expect.stringMatching(/^warn read, with problems: .*consent\.csv.*"rows":31,"problems":1/);
    await vi.waitFor(() => expect(lines).toContainEqual(expected), 6000);
    // Problems that show only when the rows are compared with what the store knows.
    await writeFile(join(root, 'suppressions.csv'), 'customer,channel,reason,at\nc9@example.com,*,asked,2026-03-01\n');
    await writeFile(join(root, 'feedback.csv'), 'message,kind,at\nunknown,opened,2026-03-01\n');
    const found = expect.stringMatching(/^warn read, with problems: .*suppressions\.csv.*"rows":1,"problems":1/);
    await vi.waitFor(() => expect(lines).toContainEqual(found), 6000);
    // If the tick itself has read the file, it says so at once.
    const later = expect.stringMatching(
      /^warn (problems in what was read before: |read, with problems: (?=.*"rows":1)).*feedback\.csv.*"problems":1/,
    );
    await vi.waitFor(() => expect(lines).toContainEqual(later), 6000);
    stop.abort();
    await running;
  } finally {
    stop.abort();
    await db.close();
    await rm(root, { recursive: true });
  }
});
