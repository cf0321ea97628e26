import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestIo, testIo } from '../test/io.ts';
import { crm } from './crm.ts';

const start = Date.UTC(2026, 2, 2, 7);
const hour = 3_600_000;

const crmYaml = (quiet: string) => `
project:
  name: shop
  timezone: Europe/Moscow
  locale: ru
  currency: GBP
  tick: 1 hour
  simulation: { from: 2026-03-02T10:00:00+03:00, engagement: { email: { open: 30%, click: 10% } } }
data:
  customers: { from: customers.csv, attributes: { name: string, email: email, phone: phone, points: integer } }
  consent: { from: consent.csv }
  events:
    cart_updated: { title: Корзина изменилась, from: carts.csv, fields: { total: money } }
    order_paid: { from: orders.csv, fields: { total: money } }
  tolerance: 10%
channels:
  email: { transport: console, price: 0.0046, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
  sms: { transport: console, price: 0.046 }
policies:
  quiet_hours: ${quiet}
`;

const cart = (wait: string, share: number) => `
campaigns:
  abandoned-cart:
    title: Брошенная корзина
    on: { event: cart_updated }
    exit: { event: order_paid }
    goal: { event: order_paid, within: 7 days, value: event.total }
    reenter: after 1 day
    steps:
      - wait: ${wait}
      - split:
          id: offer
          arms:
            control: { share: 20% }
            cascade:
              share: ${share}%
              steps:
                - cascade:
                    - { email: cart, until: opened, within: 2 hours }
                    - { sms: cart }
            plain: { share: ${80 - share}%, steps: [{ send: { email: cart } }] }
`;

const old = `
campaigns:
  old-welcome: { on: { event: cart_updated }, steps: [{ wait: 2 days }, { send: { email: cart } }] }
`;

const ids = Array.from({ length: 40 }, (_, i) => `c${String(i).padStart(2, '0')}`);
const at = (hours: number) => new Date(start + hours * hour).toISOString();

const files: Record<string, string> = {
  'crm.yaml': crmYaml('{ from: "22:00", to: "09:00" }'),
  'campaigns/cart.crm.yaml': cart('2 hours', 30),
  'campaigns/old.crm.yaml': old,
  'templates/cart.email.hbs':
    '---\nsubject: Корзина\n---\n<p>{{money event.total}}</p><a href="{{unsubscribe_url}}">Отписаться</a>',
  'templates/cart.sms.hbs': 'Ваша корзина ждёт',
  'customers.csv': `id,name,email,phone\n${ids.map((id, i) => `${id},Анна ${i},${i % 7 === 0 ? '' : `${id}@example.com`},+7999123${String(4500 + i)}`).join('\n')}\n`,
  'consent.csv': `id,customer,channel,status,at\n${ids.flatMap((id, i) => ['email', 'sms'].map((channel) => `${id}-${channel},${id},${channel},${i % 11 === 0 ? 'withdrawn' : 'granted'},2026-02-01T00:00:00Z`)).join('\n')}\n`,
  'carts.csv': `id,customer,at,total\n${ids.map((id, i) => `a${i},${id},${at(i % 2 === 0 ? 0 : i)},${100 + i}`).join('\n')}\n`,
  'orders.csv': `id,customer,at,total\n${ids.flatMap((id, i) => (i % 3 === 0 ? [`o${i},${id},${at(i + 3)},${861.1 + i}`] : [])).join('\n')}\nbroken,c01,today,5\n`,
  'tests/cart.crm.yaml': `
tests:
  reminder:
    title: Кто ждёт, тому напомнят
    campaign: abandoned-cart
    start: 2026-03-02T10:00:00+03:00
    arms: { offer: plain }
    customers: [{ id: anna, name: Анна, email: anna@example.com, consent: [email] }]
    events: [{ at: +0m, customer: anna, cart_updated: { total: 300 } }]
    expect:
      messages: [{ at: +1h, email: cart, contains: [Борис] }, { customer: anna, sms: cart }]
      exits: []
  buyer:
    campaign: abandoned-cart
    start: 2026-03-02T10:00:00+03:00
    customers: [{ id: anna, consent: [email] }]
    events: [{ at: +0m, customer: anna, cart_updated: {} }, { at: +90m, customer: anna, order_paid: { total: 5 } }]
    expect: { messages: [] }
`,
};

/** The files that change after the first apply. */
const changed: Record<string, string> = {
  'crm.yaml': crmYaml('{ from: "22:00", to: "08:00", otherwise: cancel }'),
  'campaigns/cart.crm.yaml': cart('1 hour', 60),
  'campaigns/old.crm.yaml': '',
};

export interface Screens {
  root: string;
  /** Returns what a command prints. */
  run(
    words: string[],
    view?: { width: number; lang: string },
    now?: number,
  ): Promise<TestIo['said'] & { code: number }>;
  /** Changes policies and a campaign, and removes another one. */
  change(): Promise<void>;
  remove(): Promise<void>;
}

/** Creates a small shop in a separate folder, at 10:00 in Moscow on a Monday. `tick`: that of the project. */
export async function screens(tick = '1 hour'): Promise<Screens> {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-screens-'));
  const put = async (all: Record<string, string>) => {
    for (const [path, text] of Object.entries(all)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text.replace('tick: 1 hour', `tick: ${tick}`));
    }
  };
  await put(files);
  return {
    root,
    run: async (words, { width, lang } = { width: 80, lang: 'en' }, now = start) => {
      const view = { color: false, width };
      const io = testIo(root, { now: () => now, view, errorView: view });
      const code = await crm([...words, '--lang', lang], io);
      return { code, ...io.said };
    },
    change: () => put(changed),
    remove: () => rm(root, { recursive: true }),
  };
}
