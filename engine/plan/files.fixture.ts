import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model } from '../../spec/model/model.ts';
import { day, hour, minute } from '../../test/world.ts';
import { cart, shop } from './world.fixture.ts';

export const at = Date.UTC(2026, 2, 2, 10);

/** Writes the files of `onFiles`: 20 customers, who leave a cart every eight hours; the first ten have paid an order. */
export async function writeShop(root: string): Promise<void> {
  const ids = Array.from({ length: 20 }, (_, i) => `c${String(i).padStart(2, '0')}`);
  const lines = (header: string, rows: string[]) => `${[header, ...rows].join('\n')}\n`;
  const iso = (ms: number) => new Date(ms).toISOString();
  await writeFile(
    join(root, 'customers.csv'),
    lines(
      'id,email,points',
      ids.map((id, i) => `${id},${id}@example.com,${i * 10}`),
    ),
  );
  await writeFile(
    join(root, 'orders.csv'),
    lines(
      'customer,at,total',
      ids.slice(0, 10).map((id) => `${id},${iso(at - day)},5`),
    ),
  );
  await writeFile(
    join(root, 'carts.csv'),
    lines(
      'customer,at,items_count',
      ids.map((id, i) => `${id},${iso(at + minute + i * 8 * hour)},1`),
    ),
  );
  await writeFile(
    join(root, 'consent.csv'),
    lines(
      'customer,channel,status,at',
      ids.map((id) => `${id},email,granted,2026-01-01T00:00:00Z`),
    ),
  );
}

/** The shop on files, with one e-mail at once to everybody who leaves a cart. */
export function onFiles(part: Partial<Model> = {}): Model {
  const { data, project } = shop();
  const from = (path: string) => [{ path, rename: {} }];
  const files: Record<string, string> = { cart_updated: 'carts.csv', order_paid: 'orders.csv' };
  return shop({
    project: { ...project, simulation: { from: at, seed: 'test', engagement: {} } },
    policies: { caps: [] },
    data: {
      ...data,
      customers: { ...data.customers, sources: from('customers.csv') },
      events: data.events.map((kind) => ({ ...kind, sources: from(files[kind.name] ?? '') })),
      consent: from('consent.csv'),
    },
    campaigns: [mail()],
    ...part,
  });
}

/** An e-mail at once to everybody who leaves a cart. */
export function mail() {
  const { audience: _, goal: __, ...rest } = cart();
  return { ...rest, exit: [], steps: [{ kind: 'send' as const, id: 'send-1', channel: 'email', template: 'cart' }] };
}
