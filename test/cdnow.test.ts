import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sql, { type Sql } from 'sql-template-tag';
import { describe, expect, it } from 'vitest';
import { readProject } from '../cli/project.ts';
import { compile } from '../engine/compile/compile.ts';
import { simulate } from '../engine/dry-run/simulate/simulate.ts';
import { allAt, members as memberQuery } from '../engine/store/query-sql.ts';
import { loadProject } from '../spec/load.ts';

const purchases = fileURLToPath(new URL('../../shared/data/cdnow/CDNOW_master.txt', import.meta.url));
const golden = fileURLToPath(new URL('golden/cdnow', import.meta.url));

const dayMs = 86_400_000;
const first = Date.UTC(1997, 3, 1);
const last = Date.UTC(1998, 5, 30);

/**
 * Returns the result of the campaign of the golden project, worked out once more with plain loops over the file: who is a member on which
 * day, and on which days each customer enters.
 */
function expected(): { members: Map<number, number>; entries: Map<string, number[]> } {
  const orders = new Map<string, number[]>();
  for (const line of readFileSync(purchases, 'utf8').split('\n').slice(1)) {
    const [customer, date] = line.trim().split(/\s+/);
    if (!customer || !date) continue;
    const day = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)));
    orders.set(customer, [...(orders.get(customer) ?? []), day]);
  }
  const members = new Map<number, number>();
  const entries = new Map<string, number[]>();
  for (const [customer, days] of orders) {
    let wasMember = false;
    let entered = Number.NEGATIVE_INFINITY;
    for (let today = first; today <= last; today += dayMs) {
      const before = days.filter((day) => day <= today);
      const since = before.length === 0 ? 0 : (today - Math.max(...before)) / dayMs;
      const isMember = before.length > 0 && since >= 45 && since < 90;
      if (isMember && new Date(today).getUTCDate() === 1) members.set(today, (members.get(today) ?? 0) + 1);
      if (isMember && !wasMember && today - entered >= 180 * dayMs) {
        entered = today;
        entries.set(customer, [...(entries.get(customer) ?? []), today]);
      }
      wasMember = isMember;
    }
  }
  return { members, entries };
}

describe.skipIf(!existsSync(purchases))(
  'fifteen months of real purchases (skipped where the data set is absent)',
  () => {
    it('every first of a month has the members, and every customer the entry dates, of an independent computation', async () => {
      const root = mkdtempSync(join(tmpdir(), 'kaskad-cdnow-'));
      try {
        cpSync(golden, root, { recursive: true });
        symlinkSync(purchases, join(root, 'CDNOW_master.txt'));
        const { model, diagnostics } = loadProject(await readProject(root));
        expect(diagnostics).toEqual([]);
        if (!model) return;

        const program = compile(model);
        const sleeping = program.segments.find(({ name }) => name === 'sleeping')?.query;
        if (!sleeping) throw new Error('no segment');
        const began = performance.now();
        const db = await simulate({
          program,
          from: first,
          to: last + 1,
          tz: process.versions.tz ?? '',
          seed: 'cdnow',
          engagement: {},
          root,
        });
        const seconds = (performance.now() - began) / 1000;
        const peak = process.resourceUsage().maxRSS / 1024;
        console.log(
          `${(last - first) / dayMs + 1} days of 23,570 customers in ${seconds.toFixed(1)} s, peak memory ${peak.toFixed(0)} MB`,
        );

        const members = new Map<number, number>();
        for (let at = first; at <= last; at += dayMs) {
          if (new Date(at).getUTCDate() !== 1) continue;
          const moments = { ...allAt(at), known: (happened: Sql) => sql` AND ${happened} <= ${at}::bigint` };
          const asked = memberQuery(sleeping, { dialect: db.dialect, program, moments });
          members.set(at, (await db.query(asked)).length);
        }
        const rows = await db.query<{ id: string; entered_at: number }>(
          sql`SELECT c.id, e.entered_at FROM enrolment e JOIN customer c ON c.customer = e.customer ORDER BY e.entered_at`,
        );
        const [capped] = await db.query(sql`
        SELECT count(*) AS n FROM message a JOIN message b ON b.customer = a.customer AND b.message <> a.message
        WHERE a.status = 'sent' AND b.status = 'sent' AND b.decided_at >= a.decided_at
          AND b.decided_at - a.decided_at < ${30 * dayMs}::bigint`);
        const [all] = await db.query(sql`SELECT count(*) AS n FROM customer`);
        await db.close();
        const entries = new Map<string, number[]>();
        for (const row of rows) entries.set(row.id, [...(entries.get(row.id) ?? []), row.entered_at]);

        const truth = expected();
        expect(all?.n).toBe(23_570);
        expect(Object.fromEntries(members)).toEqual(Object.fromEntries(truth.members));
        expect(members.size).toBe(15);
        expect(entries.size).toBeGreaterThan(10_000);
        expect(Object.fromEntries(entries)).toEqual(Object.fromEntries(truth.entries));
        expect(capped?.n, 'two messages within 30 days').toBe(0);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    }, 300_000);
  },
);
