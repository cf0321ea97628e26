import { loadProject } from '../../../spec/load.ts';
import type { Model } from '../../../spec/model/model.ts';
import { compile } from '../../compile/compile.ts';
import type { TestResult } from './result.ts';
import { runTests } from './run-tests.ts';

const project = `
project: { name: shop, timezone: Europe/Moscow, locale: en, currency: EUR, tick: 15 minutes, segments_refresh: 1 day }
data:
  customers:
    attributes:
      name: string
      email: email
      phone: phone
      birthday: date
      tier: string
      points: integer
      seen_at: instant
      zone: timezone
  events:
    cart_updated: { fields: { items_count: integer, items: { type: list, items: { name: string } } } }
    order_paid: { fields: { total: money } }
channels:
  email: { transport: console, from: Shop <shop@example.com>, price: 0.1 }
  sms: { transport: console, price: 3 }
`;

const templates = {
  'templates/cart.email.hbs':
    '---\nsubject: Hello {{default customer.name "friend"}}, your cart\n---\n<p>It  waits.</p>',
  'templates/cart.sms.hbs': 'Your cart waits, {{default customer.name "friend"}}',
};

/** The Model of a small shop with these campaigns, tests and so on, as YAML. */
export function shop(yaml: string): Model {
  const files = Object.entries({ 'crm.yaml': project, 'shop.crm.yaml': yaml, ...templates });
  const { model, diagnostics } = loadProject(files.map(([path, text]) => ({ path, text })));
  if (!model) throw new Error(diagnostics.map(({ message, help }) => `${message}. ${help}`).join('\n'));
  return model;
}

export function play(model: Model): Promise<TestResult[]> {
  return runTests(compile(model), model.tests, { tz: 'test', parallel: 2 });
}

/** A test of the campaign \`cart\` that begins at ten o'clock on a Monday in Moscow. */
export const monday = 'start: 2026-03-02T10:00:00+03:00';

export const anna = '{ id: anna, name: Anna, email: anna@example.com, phone: "+79990000001", consent: [email, sms] }';

/** Returns the faults of a result, in words; empty: it passed. */
export function wrong({ passed, problems, messages, exits, attributes, test }: TestResult): string[] {
  const when = (at: number) => `+${(at - test.start) / 60_000}m`;
  const found = [
    ...problems,
    ...[...(messages ?? []), ...(exits ?? [])].flatMap(({ expected, actual, differences }) => {
      const what = (one: object) => ('reason' in one ? `exit ${one.reason}` : 'channel' in one ? one.channel : '');
      const really = actual && `${when(actual.at)} ${actual.customer} ${what(actual)}`;
      if (!expected) return [`unexpected: ${really}`];
      if (!actual) return [`missing: ${what(expected)}`];
      return differences.map((one) => `${one.in}${'lacks' in one ? ` lacks "${one.lacks}"` : ''}: ${really}`);
    }),
    ...attributes.map(({ customer, attribute, actual }) => `${customer}.${attribute}: ${JSON.stringify(actual)}`),
  ];
  if (passed !== (found.length === 0)) throw new Error(`passed: ${passed}, but ${found.join(', ')}`);
  return found;
}
