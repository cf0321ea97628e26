import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sql, { type Sql } from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import { restoreDuckDb, storedFolders } from '../../test/stored.ts';
import { onEveryStore } from '../../test/stores.ts';
import { hour, model } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { openStore } from '../store/open.ts';
import { applyProgram } from './apply.ts';
import { editedInStore } from './edited.ts';

const at = Date.UTC(2026, 2, 2, 10);
const cart: Campaign = {
  name: 'cart',
  category: 'marketing',
  priority: 0,
  on: { kind: 'event', event: 'cart_updated' },
  exit: [],
  reenter: { kind: 'always' },
  resumeWithin: 0,
  expires: hour,
  steps: [
    { kind: 'wait', id: 'wait-1', ms: 2 * hour },
    {
      kind: 'split',
      id: 'offer',
      arms: [
        { name: 'control', share: 1_000, control: true, steps: [] },
        {
          name: 'mail',
          share: 9_000,
          control: false,
          steps: [{ kind: 'send', id: 'send-1', channel: 'email', template: 'cart' }],
        },
      ],
    },
  ],
};
const program = compile(model({ campaigns: [cart, { ...cart, name: 'other', title: 'Other' }] }));
const version = program.campaigns[0]?.hash ?? '';

onEveryStore('the store of a deployment', (open) => {
  const applied = async () => {
    const db = await open();
    await applyProgram(db, { program, at, lineage: 'one' });
    return db;
  };

  it('is as it was applied', async () => {
    expect(await editedInStore(await applied())).toEqual([]);
  });

  it.each<[string, Sql, unknown[]]>([
    [
      'a wait',
      sql`UPDATE step SET ms = 1 WHERE campaign = 'cart' AND kind = 'wait'`,
      [{ what: 'steps', campaign: 'cart', version, steps: ['wait-1'] }],
    ],
    [
      'the share of an arm',
      sql`UPDATE arm SET low = 0.5 WHERE arm = 'mail' AND step IN (SELECT step FROM step WHERE campaign = 'cart')`,
      [{ what: 'steps', campaign: 'cart', version, steps: ['offer'] }],
    ],
    [
      'a step that is gone',
      sql`DELETE FROM step WHERE campaign = 'cart' AND id = 'send-1'`,
      [{ what: 'steps', campaign: 'cart', version, steps: ['send-1'] }],
    ],
    [
      'a definition',
      sql`UPDATE campaign SET definition = replace(definition, '7200000', '60000') WHERE campaign = 'cart'`,
      [{ what: 'definition', campaign: 'cart', version }],
    ],
    [
      'a column of the campaign beside its definition',
      sql`UPDATE campaign SET expires = 1 WHERE campaign = 'cart'`,
      [{ what: 'definition', campaign: 'cart', version }],
    ],
    [
      'a definition that is none',
      sql`UPDATE campaign SET definition = '{' WHERE campaign = 'cart'`,
      [{ what: 'definition', campaign: 'cart', version }],
    ],
    [
      'how a channel sends',
      sql`UPDATE deployment SET program = replace(program, '"transport":{"kind":"console"}', '"transport":{"kind":"file"}')`,
      [{ what: 'program', serial: 1 }],
    ],
    [
      'the Program',
      sql`UPDATE deployment SET program = replace(program, 'marketing', 'transactional')`,
      [{ what: 'program', serial: 1 }],
    ],
  ])('has been edited: %s', async (_, edit, found) => {
    const db = await applied();
    await db.run(edit);
    expect(await editedInStore(db)).toEqual(found);
  });

  it('may have a definition that an earlier Kaskad hashed otherwise', async () => {
    const db = await applied();
    await db.run(sql`UPDATE campaign SET version = 'other', is_current = FALSE WHERE campaign = 'cart'`);
    await db.run(sql`
      INSERT INTO enrolment (enrolment, customer, campaign, version, status) VALUES (1, 1, 'cart', 'other', 'active')`);
    expect(await editedInStore(db)).toEqual([]);
  });
});

/** Not the first one: its Program has an earlier format, which a drift refuses to compare. */
const comparable = (await storedFolders()).filter((folder) => basename(folder) !== '0-first');

it.each(comparable.map((folder) => [basename(folder), folder]))(
  'nothing has been edited in the store that an earlier Kaskad has left: %s',
  async (_, stored) => {
    const folder = await mkdtemp(join(tmpdir(), 'kaskad-edited-'));
    const path = join(folder, 'store.duckdb');
    await restoreDuckDb(stored, path);
    const { db, close } = await openStore(path, { who: 'crm drift' });
    expect(await editedInStore(db)).toEqual([]);
    await close();
    await rm(folder, { recursive: true });
  },
  60_000,
);
