import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Model } from '../../spec/model/model.ts';
import type { Template } from '../../spec/model/template.ts';
import { createPlan } from './create-plan.ts';
import { at, mail, onFiles, writeShop } from './files.fixture.ts';
import type { Messages } from './messages.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-messages-'));
  await writeShop(root);
  // Every fourth customer has no city.
  const rows = Array.from({ length: 20 }, (_, i) => {
    const id = `c${String(i).padStart(2, '0')}`;
    return `${id},${id}@example.com,${i * 10},${i % 4 === 0 ? '' : 'Perm'}`;
  });
  await writeFile(join(root, 'customers.csv'), ['id,email,points,city', ...rows, ''].join('\n'));
});

afterEach(() => rm(root, { recursive: true }));

function saying(body: string, part: Partial<Template['variants'][number]> = {}): Template {
  return {
    name: 'cart',
    channel: 'email',
    variants: [{ path: 'templates/cart.email.hbs', subject: 'Your cart', body, ...part }],
  };
}

async function messages(desired: Partial<Model>, base: Partial<Model>): Promise<Messages> {
  const against = { kind: 'folder' as const, name: './before', model: onFiles(base) };
  const plan = await createPlan({ desired: onFiles(desired), against, at, tz: 'test', root });
  return plan.effects.forecast.details.messages;
}

it('renders both texts with sample values, and counts for whom a value is missing that the new one reads', async () => {
  const found = await messages(
    { templates: [saying('<p>Dear {{customer.city}}, {{event.items_count}}</p>')] },
    { templates: [saying('<p>Hello</p>')] },
  );
  expect(found).toMatchObject({
    more: 0,
    changed: [
      {
        ...{ address: 'template.cart.email', locale: null, campaign: 'cart', step: 'send-1' },
        before: { subject: 'Your cart', text: 'Hello' },
        after: { subject: 'Your cart', text: 'Dear [city], 3' },
        messages: 20,
        missing: [{ path: 'customer.city', messages: 5 }],
      },
    ],
  });
  expect(found.changed[0]?.after?.html).toContain('<p>Dear [city], 3</p>');
});

it('tells the message whose piece or variable changes, and none whose text stays', async () => {
  const templates = [saying('<p>{{> footer}}</p>')];
  const piece = (body: string) => [{ name: 'footer', path: 'templates/partials/footer.hbs', body }];
  const changed = await messages({ templates, partials: piece('Bye') }, { templates, partials: piece('See you') });
  expect(changed.changed.map(({ before, after }) => [before?.text, after?.text])).toEqual([['See you', 'Bye']]);
  const other = await messages(
    { templates: [saying('<p>Hi</p>')], partials: piece('Bye'), campaigns: [{ ...mail(), priority: 4 }] },
    { templates: [saying('<p>Hi</p>')], partials: piece('See you') },
  );
  expect(other).toEqual({ changed: [], more: 0 });
});

it('has only the one side of a message that is new, or gone', async () => {
  const templates = [saying('<p>Hi</p>')];
  const none = { templates, campaigns: [] };
  expect((await messages({ templates }, none)).changed).toMatchObject([{ after: { text: 'Hi' }, messages: 20 }]);
  const gone = (await messages(none, { templates })).changed;
  expect(gone).toMatchObject([{ before: { text: 'Hi' }, messages: 0 }]);
  expect(gone[0]).not.toHaveProperty('after');
});

it('has nothing of customers, also where a text shows everything that is known of one', async () => {
  const found = await messages(
    { templates: [saying('{{customer.email}} {{customer.points}} {{customer.city}}')] },
    { templates: [saying('Hello')] },
  );
  expect(found.changed[0]?.after?.text).toBe('customer@example.com 3 [city]');
  expect(JSON.stringify(found)).not.toMatch(/c\d\d@example|Perm/);
});
