import { expect, it } from 'vitest';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { onEveryStore } from '../../test/stores.ts';
import { compile } from '../compile/compile.ts';
import { currentDeployment } from '../deploy/apply.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import { deployedDocument, documented, readDocument } from '../document/document.ts';
import { verifyAudit } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { applyPlan } from './apply-plan.ts';
import { nothingByHand } from './by-hand.ts';
import { makePlan, type Plan } from './plan.ts';
import { noDetails } from './world.fixture.ts';

const at = Date.UTC(2026, 2, 2, 10);

interface Shop {
  campaigns?: Record<string, string>;
  segment?: string;
  text?: string;
  guards?: string;
}

/** A project with campaigns by name, each with its waiting time; all of them for the same segment. */
function shop({ campaigns = {}, segment = 'count(paid) > 0', text = 'Thanks', guards = '{}' }: Shop): Model {
  const { model, diagnostics } = loadProject([
    {
      path: 'crm.yaml',
      text: `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { attributes: { phone: phone } }
  events: { paid: { fields: { total: money } } }
channels: { sms: { transport: console } }
policies: { guards: ${guards} }
segments: { buyers: { where: ${segment} } }
campaigns:
${Object.entries(campaigns)
  .map(
    ([name, wait]) =>
      `  ${name}:\n    on: { event: paid }\n    audience: in segment buyers\n    steps: [{ wait: ${wait} }, { send: { sms: thanks } }]`,
  )
  .join('\n')}
`,
    },
    { path: 'templates/thanks.sms.hbs', text },
  ]);
  if (!model) throw new Error(JSON.stringify(diagnostics));
  return model;
}

async function planOf(db: Database, part: Shop): Promise<Plan> {
  const current = await currentDeployment(db);
  const document = current && (await deployedDocument(db));
  const desired = shop(part);
  const compiled = compile(desired);
  const program = current ? keepIds(compiled, current.program) : compiled;
  const base = current && {
    program: current.program,
    deployment: current,
    document: document && readDocument(document, current.program),
  };
  const nothing = { from: at, day: at, to: at, sends: [], entries: [], audiences: [], losses: [], details: noDetails };
  const effects = {
    forecast: { basis: 'store' as const, ...nothing },
    inFlight: [],
    returning: [],
    drift: nothingByHand,
    rollouts: [],
  };
  return makePlan(documented(desired, program, 'yaml'), base, effects, { at, tz: 'test' });
}

const apply = (db: Database, plan: Plan) =>
  applyPlan(db, plan, { at, lineage: 'one', who: 'test', allow: plan.changes.map(({ address }) => address) });

const refusalOf = async (db: Database, plan: Plan) => {
  const applied = await apply(db, plan);
  return applied.status === 'refused' ? `${applied.refusal.reason}: ${applied.refusal.message}` : applied.status;
};

async function waits(db: Database): Promise<Record<string, number>> {
  const { program } = (await currentDeployment(db)) ?? {};
  return Object.fromEntries(
    program?.campaigns.map(({ name, steps }) => [
      name,
      'ms' in (steps[0] ?? {}) ? (steps[0] as { ms: number }).ms : 0,
    ]) ?? [],
  );
}

const day = 86_400_000;
const both = { a: '1 day', b: '1 day' };

onEveryStore('a plan that was made against an earlier deployment', (open) => {
  async function begun(part: Shop = { campaigns: both }): Promise<Database> {
    const db = await open();
    expect(await apply(db, await planOf(db, part))).toMatchObject({ status: 'applied', serial: 1 });
    return db;
  }

  it('is applied beside what changes other campaigns, in either order, and each once', async () => {
    for (const turned of [false, true]) {
      const db = await begun();
      const plans = [
        await planOf(db, { campaigns: { ...both, a: '2 days' } }),
        await planOf(db, { campaigns: { ...both, b: '3 days' } }),
      ];
      const [first, second] = (turned ? plans.toReversed() : plans) as [Plan, Plan];
      expect(await apply(db, first)).toEqual({ status: 'applied', serial: 2 });
      expect(await apply(db, second)).toEqual({ status: 'applied', serial: 3, madeAgainst: 1 });
      expect(await waits(db)).toEqual({ a: 2 * day, b: 3 * day });
      for (const plan of plans) expect(await refusalOf(db, plan)).toMatch(/^applied: /);
      // What is applied is what its document says, and the next plan finds nothing to do.
      const rest = await planOf(db, { campaigns: { a: '2 days', b: '3 days' } });
      expect(rest.changes).toEqual([]);
      expect((await verifyAudit(db)).broken).toBeUndefined();
    }
  });

  it('adds, changes and removes campaigns and texts beside each other', async () => {
    const db = await begun();
    const removes = await planOf(db, { campaigns: { b: '1 day' } });
    const adds = await planOf(db, { campaigns: { ...both, c: '4 days' } });
    const rewords = await planOf(db, { campaigns: both, text: 'Many thanks' });
    for (const plan of [adds, rewords, removes]) expect(await apply(db, plan)).toMatchObject({ status: 'applied' });
    expect(await waits(db)).toEqual({ b: day, c: 4 * day });
    expect((await currentDeployment(db))?.program.templates[0]?.variants[0]?.body).toBe('Many thanks');
  });

  it('is refused where the same campaign has changed since, which it names', async () => {
    const db = await begun();
    const first = await planOf(db, { campaigns: { ...both, a: '2 days' } });
    const second = await planOf(db, { campaigns: { ...both, a: '3 days' } });
    const removes = await planOf(db, { campaigns: { b: '1 day' } });
    await apply(db, first);
    for (const plan of [second, removes])
      expect(await refusalOf(db, plan)).toBe(
        'stale: The plan is stale: campaign.a has changed since it was made, in deployment 2.',
      );
    expect(await waits(db)).toEqual({ a: 2 * day, b: day });
    expect(await currentDeployment(db)).toMatchObject({ serial: 2 });
  });

  it('is applied where the campaign is again as it was', async () => {
    const db = await begun();
    const plan = await planOf(db, { campaigns: { ...both, a: '2 days' } });
    await apply(db, await planOf(db, { campaigns: { ...both, a: '5 days' } }));
    await apply(db, await planOf(db, { campaigns: both }));
    expect(await apply(db, plan)).toEqual({ status: 'applied', serial: 4, madeAgainst: 1 });
    // And not twice, also if it is once more as it was.
    await apply(db, await planOf(db, { campaigns: both }));
    expect(await refusalOf(db, plan)).toMatch(/^applied: /);
  });

  it.each(['max_recipients', 'max_budget'])('is refused where %s counts what all send together', async (guard) => {
    const guards = `{ ${guard}: 5 }`;
    const db = await begun({ campaigns: both, guards });
    const plans = [
      await planOf(db, { campaigns: { ...both, a: '2 days' }, guards }),
      await planOf(db, { campaigns: { ...both, b: '3 days' }, guards }),
    ];
    expect(await refusalOf(db, plans[0] as Plan)).toBe('applied');
    expect(await refusalOf(db, plans[1] as Plan)).toBe(
      `stale: Deployment 2 has been applied since the plan was made, and the guard \`${guard}\` counts what all campaigns send.`,
    );
  });

  it('is refused where a segment that a campaign of it reads has changed since', async () => {
    const db = await begun();
    const plan = await planOf(db, { campaigns: { ...both, c: '1 day' } });
    await apply(db, await planOf(db, { campaigns: both, segment: 'count(paid) > 5' }));
    expect(await refusalOf(db, plan)).toBe(
      'stale: campaign.c would mean something else than in the plan, by what has been applied since.',
    );
  });

  it('is refused where it changes a segment that a campaign added since reads', async () => {
    const db = await begun();
    const plan = await planOf(db, { campaigns: both, segment: 'count(paid) > 5' });
    await apply(db, await planOf(db, { campaigns: { ...both, c: '1 day' } }));
    expect(await refusalOf(db, plan)).toBe(
      'stale: campaign.c would mean something else than in the plan, by what has been applied since.',
    );
  });

  it('is refused by a store that was put back to before its base', async () => {
    const db = await begun();
    const copy = await open();
    await apply(copy, await planOf(copy, { campaigns: both }));
    await apply(db, await planOf(db, { campaigns: { ...both, a: '2 days' } }));
    const plan = await planOf(db, { campaigns: { ...both, a: '3 days' } });
    expect(await refusalOf(copy, plan)).toBe(
      'stale: The plan was made against deployment 2, and the store has only 1: it was put back from a copy.',
    );
  });

  it('is applied once by two processes that do it at the same time', async () => {
    const db = await begun();
    const plan = await planOf(db, { campaigns: { ...both, a: '2 days' } });
    const results = await Promise.all([apply(db, plan), apply(db, plan)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['applied', 'refused']);
    expect(await currentDeployment(db)).toMatchObject({ serial: 2 });
  });
});
