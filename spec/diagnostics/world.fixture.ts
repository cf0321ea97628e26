import { parse, stringify } from 'yaml';
import type { SourceFile } from './diagnostic.ts';
import type { Example, ExampleKind } from './explanation.ts';

type Sections = Record<string, Record<string, unknown> | undefined>;

/** The shop that all examples are about. */
const shop = `
project: { name: shop, timezone: Europe/Moscow, locale: en, currency: EUR }
data:
  customers:
    attributes:
      email: email
      phone: phone
      push_token: string
      name: { type: string, pii: true }
      city: string
      birthday: date
      points: integer
  events:
    registered: {}
    viewed: { fields: { page: string } }
    order_paid:
      fields:
        total: money
        items: { type: list, items: { name: string, price: money } }
segments:
  sleeping: { where: count(order_paid) > 0 and last(order_paid) < 90 days ago }
channels:
  email: { transport: console, price: 0.01 }
  sms: { transport: console, price: 0.1 }
  push: { transport: console, price: 0.001 }
`;

const front = '---\nsubject: Hello\n---\n';
const unsubscribe = '<a href="{{unsubscribe_url}}">Unsubscribe</a>\n';
const templates: Record<string, string> = {
  'templates/hello.email.hbs': `${front}<p>Hello!</p>${unsubscribe}`,
  'templates/hello.sms.hbs': 'Hello!\n',
  'templates/hello.push.hbs': '---\ntitle: Hello\n---\nHello!\n',
  'templates/partials/footer.hbs': '<p>Bye.</p>\n',
};
const campaign = 'campaigns:\n  thanks:\n    on: { event: order_paid }\n    steps:\n      - send: { email: hello }\n';

const places: Record<ExampleKind, string> = {
  yaml: 'campaigns/example.crm.yaml',
  project: 'crm.yaml',
  dsl: 'campaigns/example.crm',
  condition: 'campaigns/example.crm.yaml',
  body: 'templates/hello.email.hbs',
  email: 'templates/hello.email.hbs',
  shell: 'environments/staging.yaml',
};

/** Returns a whole project that contains the example, in place of the sections of the shop with the same names. */
export function worldOf(kind: ExampleKind, example: Example): SourceFile[] {
  const shown = typeof example === 'string' ? { [places[kind]]: whole(kind, example) } : example;
  const base = parse(shop) as Sections;
  if (typeof example !== 'string' && kind === 'project') return files(shown);
  const sections = Object.entries(shown).flatMap(([path, text]) =>
    path.endsWith('.hbs') ? [] : sectionsOf(path, text),
  );
  for (const section of sections) delete base[section];
  if (sections.includes('data')) for (const dependent of ['segments', 'channels']) delete base[dependent];
  const own = shown['crm.yaml'] ?? '';
  const bare = sections.includes('data') || sections.includes('channels');
  const all = Object.values(shown).join('\n');
  // A template that no example mentions is left out, so that lint does not report it as unused.
  const used = Object.entries(templates).filter(
    ([path]) => all.includes('hello') && all.includes(path.split('.')[1] ?? ''),
  );
  return files({
    ...(bare && !sections.includes('campaigns') ? {} : Object.fromEntries(used)),
    ...(kind === 'body' || kind === 'email' ? { ...templates, 'campaigns/thanks.crm.yaml': campaign } : {}),
    ...shown,
    'crm.yaml': `${own}\n${stringify(base)}`,
  });
}

function whole(kind: ExampleKind, text: string): string {
  if (kind === 'shell') return 'variables: {}\n';
  if (kind === 'body') return `${front}${text}\n${unsubscribe}`;
  if (kind !== 'condition') return text;
  const on = `{ event: order_paid, when: ${JSON.stringify(text)} }`;
  return `campaigns:\n  example:\n    on: ${on}\n    steps:\n      - send: { email: hello }\n`;
}

/** Returns the sections of an example; none of one that is not YAML. */
function sectionsOf(path: string, text: string): string[] {
  if (path.endsWith('.crm')) return [];
  try {
    const value: unknown = parse(text);
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

function files(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}
