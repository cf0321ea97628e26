import sql from 'sql-template-tag';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { onEveryStore } from '../../test/stores.ts';
import { day, hour } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { currentDeployment } from '../deploy/apply.ts';
import { deployedDocument, documented, readDocument } from '../document/document.ts';
import { digest } from '../program/hash.ts';
import type { Database } from '../store/database.ts';
import { openSmallStore } from '../store/open-small.ts';
import { applyPlan } from './apply-plan.ts';
import { nothingByHand } from './by-hand.ts';
import { ofAnother, readDocumentOf, readPlan, writePlan } from './check-plan.ts';
import type { Effects } from './effects.ts';
import { makePlan, type Plan } from './plan.ts';
import { cart, noDetails, shop, shopWithDocument } from './world.fixture.ts';

const at = Date.UTC(2026, 2, 2, 10);
const nothing: Effects = {
  forecast: {
    basis: 'sources',
    from: at,
    day: at + day,
    to: at + 7 * day,
    sends: [],
    entries: [],
    audiences: [],
    losses: [],
    details: noDetails,
  },
  inFlight: [],
  returning: [],
  drift: nothingByHand,
  rollouts: [],
};

/** A plan of the shop, and the Model that it is of. */
interface Made {
  plan: Plan;
  model: Model;
}

async function planFor(db: Database, part: Partial<Model> = {}): Promise<Made> {
  const current = await currentDeployment(db);
  const document = current && (await deployedDocument(db));
  const base = current && {
    program: current.program,
    deployment: current,
    document: document && readDocument(document, current.program),
  };
  const desired = shopWithDocument(part);
  return { plan: makePlan(desired, base, nothing, { at, tz: 'test', commit: 'abc123' }), model: desired.model };
}

const apply = (db: Database, { plan, model }: Made, now = at, lineage = 'one') =>
  applyPlan(db, plan, { at: now, lineage, who: 'test', model });

const reason = async (db: Database, made: Made, now = at) => {
  const result = await apply(db, made, now);
  return result.status === 'refused' ? result.refusal.reason : result.status;
};

onEveryStore('applying a plan', (open) => {
  it('makes the planned program the one that runs, once', async () => {
    const db = await open();
    const plan = await planFor(db);
    expect(await apply(db, plan)).toEqual({ status: 'applied', serial: 1 });
    expect(await currentDeployment(db)).toMatchObject({ serial: 1, hash: plan.plan.programHash, lineage: 'one' });
    expect(await db.query(sql`SELECT commit_hash FROM deployment`)).toEqual([{ commit_hash: 'abc123' }]);
    expect(await apply(db, plan)).toMatchObject({
      status: 'refused',
      refusal: { reason: 'applied', message: 'The plan has been applied already, as deployment 1.' },
    });
    const again = await planFor(db);
    expect(again.plan.changes).toEqual([]);
    expect(await apply(db, again)).toEqual({ status: 'nothing', serial: 1 });
  });

  it.each(['migrate', 'migrate recompute', 'follow', 'exit'] as const)(
    'applies a campaign with `in_flight: %s` to a store that is new',
    async (inFlight) => {
      const db = await open();
      const made = await planFor(db, { campaigns: [cart({ inFlight })] });
      expect(await apply(db, made)).toMatchObject({ status: 'applied', serial: 1 });
    },
  );

  it('refuses a plan that another apply has overtaken', async () => {
    const db = await open();
    await apply(db, await planFor(db));
    const [mine, theirs] = [
      await planFor(db, { campaigns: [] }),
      await planFor(db, { segments: shop().segments.slice(0, 1) }),
    ];
    expect(await reason(db, theirs)).toBe('applied');
    expect(await reason(db, mine)).toBe('stale');
    expect(await currentDeployment(db)).toMatchObject({ serial: 2, hash: theirs.plan.programHash });
  });

  it('lets one of two at the same time through', async () => {
    const db = await open();
    const plans = await Promise.all([planFor(db), planFor(db, { campaigns: [cart({ priority: 1 })] })]);
    const results = await Promise.all(plans.map((plan) => reason(db, plan)));
    expect(results.toSorted()).toEqual(['applied', 'stale']);
    expect(await db.query(sql`SELECT count(*) AS n FROM deployment`)).toEqual([{ n: 1 }]);
  });

  it('refuses a plan made against another store', async () => {
    const [here, there] = [await open(), await open()];
    await apply(here, await planFor(here));
    await apply(there, await planFor(there), at, 'two');
    expect(await reason(here, await planFor(there, { campaigns: [] }))).toBe('stale');
  });

  it('refuses an old plan', async () => {
    const db = await open();
    const plan = await planFor(db);
    expect(await reason(db, plan, at + day)).toBe('expired');
    expect(await reason(db, plan, at + day - 1)).toBe('applied');
  });

  it('refuses a breaking change until it is allowed by its address', async () => {
    const db = await open();
    await apply(db, await planFor(db));
    const { plan, model } = await planFor(db, { campaigns: [] });
    const allowing = (...allow: string[]) => applyPlan(db, plan, { at, lineage: 'one', who: 'me', model, allow });
    for (const other of [[], ['campaign.other']])
      expect(await allowing(...other)).toMatchObject({
        refusal: {
          reason: 'breaking',
          message: 'The plan has a breaking change of campaign.cart: the campaign is removed.',
          help: 'If it is meant, add to the command: --allow campaign.cart',
        },
      });
    expect(await currentDeployment(db)).toMatchObject({ serial: 1 });
    expect(await allowing('campaign.cart')).toEqual({ status: 'applied', serial: 2 });
  });

  it('refuses what the store cannot do: a column that would change its type', async () => {
    const db = await open();
    await apply(db, await planFor(db));
    const { data } = shop();
    const attributes = data.customers.attributes.map((field) =>
      field.name === 'points' ? { ...field, type: 'string' as const } : field,
    );
    const plan = await planFor(db, { data: { ...data, customers: { sources: [], attributes } } });
    expect(await apply(db, plan)).toMatchObject({
      refusal: {
        reason: 'blocked',
        message:
          'data.customers: "points" would turn from integer into string, but the store keeps the values that it has.',
      },
    });
    expect(await currentDeployment(db)).toMatchObject({ serial: 1 });
  });
});

describe('a plan file', () => {
  const files: SourceFile[] = [
    {
      path: 'project.crm',
      text: `project test {
  timezone UTC
  locale en
  currency EUR
}
customers {
  attributes {
    email email
  }
}
event paid {
  fields {
    total money
  }
}
channel email {
  transport console
  price 0.1
}
campaign thanks {
  on event paid when event.total > 5
  send email thanks
}
`,
    },
    { path: 'templates/thanks.email.hbs', text: '---\nsubject: Thanks\n---\n<a href="{{unsubscribe_url}}">x</a>\n' },
  ];
  const { model, diagnostics } = loadProject(files);
  if (!model) throw new Error(JSON.stringify(diagnostics));
  const desired = documented(model, compile(model), 'dsl');
  const plan = makePlan(desired, undefined, nothing, { at, tz: 'test' });
  const text = writePlan(plan);

  it('is read as it was written, with the document', () => {
    const read = readPlan(text);
    expect(read).toEqual(JSON.parse(JSON.stringify(plan)));
    expect(writePlan(plan)).toBe(text);
    const again = readDocumentOf(read as Plan);
    expect(compile(again as Model)).toEqual(desired.program);
    expect((read as Plan).document.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
  });

  it('is not edited', () => {
    expect(readPlan(text.replace('event.total > 5', 'event.total > 6'))).toMatchObject({ reason: 'tampered' });
    expect(readPlan(text.replace(`"expiresAt":${at + day}`, `"expiresAt":${at + 2 * day + hour}`))).toMatchObject({
      reason: 'tampered',
    });
  });

  it.each(['', 'hello', 'null', '[]', '{}', '{"kind":"kaskad-plan"}', '{"kind":"kaskad-plan","format":2}'])(
    'is not %j',
    (foreign) => {
      expect(readPlan(foreign)).toMatchObject({ reason: 'foreign' });
    },
  );

  /** Returns an edited plan with a recomputed hash. */
  const forged = (change: Record<string, unknown>) => {
    const { planHash: _, ...rest } = { ...plan, ...change };
    return readPlan(JSON.stringify({ ...rest, planHash: digest(rest) }));
  };

  it.each<[string, unknown]>([
    ['document', undefined],
    ['document', [{ path: 'crm.yaml' }]],
    ['base', { serial: '1', lineage: 'x' }],
    ['expiresAt', 'tomorrow'],
    ['notices', [{ level: 'blocked' }]],
    ['changes', [{ address: 'campaign.cart' }]],
    ['gitCommit', 7],
  ])('has no other %s under a right hash: %j', (key, value) => {
    expect(forged({})).not.toHaveProperty('reason');
    expect(forged({ [key]: value })).toMatchObject({
      reason: 'foreign',
      message: expect.stringContaining(`look at plan.${key}`),
    });
  });

  it('may tell more of its forecast than this version does, which no apply reads', async () => {
    const { effects } = plan;
    const earlier = forged({ effects: { ...effects, forecast: { ...effects.forecast, grid: hour } } });
    const db = await openSmallStore();
    expect(await applyPlan(db, earlier as Plan, { at, lineage: 'one', who: 'test' })).toEqual({
      status: 'applied',
      serial: 1,
    });
    await db.close();
  });

  it('has a document that this version reads', () => {
    const broken = forged({ document: [{ path: 'crm.yaml', text: 'project: 7' }] });
    expect(readDocumentOf(broken as Plan)).toMatchObject({ reason: 'foreign' });
  });

  it('is of the project at hand', () => {
    const here = (project: string, environment?: string) => ({ project, environment });
    expect(ofAnother({}, model, here('another'))).toMatchObject({
      reason: 'foreign',
      message: 'The plan is of the project "test", and this is "another".',
    });
    expect(ofAnother({}, model, here('test'))).toBeUndefined();
  });

  it.each([
    [undefined, 'live', 'The plan is of no environment, and this is live.'],
    ['test', undefined, 'The plan is of the environment test, and none is chosen.'],
    ['test', 'live', 'The plan is of the environment test, and this is live.'],
    ['live', 'live', undefined],
  ])('is of the environment at hand: %s, and here is %s', (environment, chosen, message) => {
    const plan = environment === undefined ? {} : { environment };
    expect(ofAnother(plan, model, { project: 'test', environment: chosen })?.message).toBe(message);
  });

  it('is applied by its document alone, and not where that gives another program', async () => {
    const [db, other] = [await openSmallStore(), await openSmallStore()];
    const applied = await applyPlan(db, readPlan(text) as Plan, { at, lineage: 'one', who: 'test' });
    expect(applied).toEqual({ status: 'applied', serial: 1 });
    expect(await deployedDocument(db)).toEqual(plan.document);
    const edited = plan.document.map((file) => ({ ...file, text: file.text.replace('> 5', '> 6') }));
    const result = await applyPlan(other, forged({ document: edited }) as Plan, { at, lineage: 'one', who: 'test' });
    expect(result).toMatchObject({ status: 'refused', refusal: { reason: 'foreign' } });
    await db.close();
    await other.close();
  });
});
