import { expect, it } from 'vitest';
import { onEveryStore } from '../../test/stores.ts';
import { compile } from '../compile/compile.ts';
import { applyProgram } from '../deploy/apply.ts';
import { recordedDeployments } from '../deploy/deployments.ts';
import { noteAct } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { alteredBetween, history } from './history.ts';
import { resourcesOf } from './resources.ts';
import { cart, segment, shop } from './world.fixture.ts';

const at = Date.UTC(2026, 2, 2, 10);
const first = compile(shop());
const second = compile(
  shop({
    campaigns: [cart({ priority: 1 }), cart({ name: 'more' })],
    segments: [segment('buyers', 'count(order_paid) > 1'), ...shop().segments.slice(1)],
  }),
);

const apply = async (db: Database, program: typeof first, by?: string) => {
  await applyProgram(db, { program, at, lineage: 'one', commit: 'abc', ...(by !== undefined && { document: [] }) });
  if (by === undefined) return;
  const [now] = await recordedDeployments(db, { limit: 1 });
  const facts = { deployment: now?.serial, program: program.hash };
  await noteAct(db, { at, who: by, what: 'apply', facts });
};

onEveryStore('the history of deployments', (open) => {
  it('lists the newest first, with what each changed', async () => {
    const db = await open();
    await apply(db, first);
    await apply(db, second, 'anna');
    await apply(db, first, 'boris');
    const found = await history(db, 20);
    expect(found.map(({ serial, by, kept, commit, sameAs }) => [serial, by, kept, commit, sameAs])).toEqual([
      [3, 'boris', true, 'abc', 1],
      [2, 'anna', true, 'abc', undefined],
      [1, undefined, false, 'abc', undefined],
    ]);
    expect(found[1]?.changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      'change campaign.cart',
      'create campaign.more',
      'change segment.buyers',
      'change segment.big',
    ]);
    expect(found[2]?.changes.every(({ action }) => action === 'create')).toBe(true);
  });

  it('knows what the oldest of a part has changed', async () => {
    const db = await open();
    await apply(db, first);
    await apply(db, second, 'anna');
    expect(await history(db, 1)).toMatchObject([{ serial: 2, changes: { length: 4 } }]);
  });
});

it('names what is removed', () => {
  expect(alteredBetween(resourcesOf(second), resourcesOf(first)).filter(({ action }) => action === 'remove')).toEqual([
    { address: 'campaign.more', kind: 'campaign', name: 'more', action: 'remove' },
  ]);
});
