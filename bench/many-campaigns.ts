import { convertFile } from '../spec/convert.ts';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { formatFile } from '../spec/format.ts';

const cities = ['Moscow', 'Kazan', 'Perm', 'Omsk', 'Tver'];
const topics = ['cart', 'view', 'reorder', 'stock', 'review'];
const perFile = 10;

const project = `project:
  name: many
  timezone: Europe/Moscow
  locale: ru
  currency: RUB
data:
  customers:
    attributes: { name: string, email: email, phone: phone, push_token: string, city: string, points: integer, birthday: date }
  events:
    cart_updated: { fields: { items_count: integer, total: money } }
    order_paid: { fields: { total: money, items_count: integer } }
    viewed: { fields: { product: string, price: money } }
channels:
  email: { kind: email, address: email, transport: console, unsubscribe: "https://shop.example/unsubscribe" }
  sms: { kind: sms, address: phone, transport: console, price: 3.5 }
  push: { kind: push, address: push_token, transport: console }
policies:
  quiet_hours: { from: "21:00", to: "09:00" }
`;

function segment(i: number): string {
  return `  of-${i}:
    title: Segment ${i}
    where: >-
      city in ("${at(cities, i)}", "${at(cities, i + 1)}") and
      count(order_paid where order_paid.total > ${100 * (1 + (i % 9))} in last ${30 + (i % 60)} days) >= ${1 + (i % 4)}
      and not (last(viewed) < ${7 + (i % 7)} days ago)
`;
}

function campaign(i: number): string {
  const template = `${at(topics, i)}/text`;
  return `  campaign-${i}:
    title: Campaign ${i}
    priority: ${i % 100}
    on: { event: cart_updated, when: event.items_count > ${i % 5} and event.total >= ${100 * (1 + (i % 20))} }
    audience: in segment of-${i} or points > ${50 * (i % 11)} and month(birthday) == ${1 + (i % 12)}
    exit: { event: order_paid, when: event.total > ${10 * (i % 50)} }
    goal: { event: order_paid, within: ${3 + (i % 10)} days, value: event.total * 0.9 }
    reenter: after ${7 + (i % 20)} days
    steps:
      - wait: ${1 + (i % 12)} hours
      - split:
          id: offer
          arms:
            control: { share: 10% }
            plain:
              share: 45%
              steps:
                - if: viewed then not order_paid within ${1 + (i % 6)} hours
                  then:
                    - send: { email: ${template} }
                  else:
                    - wait: { event: viewed, when: event.price > ${i % 300}, within: 2 days }
                      then:
                        - send: { push: ${template} }
            cascade:
              share: 45%
              steps:
                - cascade:
                    - { push: ${template}, until: opened, within: 2 hours }
                    - { email: ${template}, until: clicked, within: 1 day }
                    - { sms: ${template} }
                - set: { points: points + ${10 * (1 + (i % 9))} }
`;
}

const templates: SourceFile[] = topics.flatMap((topic) => [
  {
    path: `templates/${topic}/text.email.hbs`,
    text: '---\nsubject: For {{default customer.name "you"}}\n---\n<p>Look.</p><a href="{{unsubscribe_url}}">x</a>',
  },
  { path: `templates/${topic}/text.push.hbs`, text: '---\ntitle: Look\n---\nFor {{default customer.name "you"}}' },
  { path: `templates/${topic}/text.sms.hbs`, text: 'For {{default customer.name "you"}}' },
]);

export interface Written {
  /** The files in the measured surface, without the templates. */
  resources: SourceFile[];
  templates: SourceFile[];
}

/** Returns a project of `count` campaigns of some forty lines and as many segments, ten to a file, in the canonical form of both surfaces. */
export function manyCampaigns(count: number): { yaml: Written; dsl: Written } {
  const files = Array.from({ length: Math.ceil(count / perFile) }, (_, file): SourceFile => {
    const ids = Array.from({ length: Math.min(perFile, count - file * perFile) }, (_, i) => file * perFile + i);
    const text = `segments:\n${ids.map(segment).join('')}\ncampaigns:\n${ids.map(campaign).join('')}`;
    return { path: `campaigns/part-${file}.crm.yaml`, text };
  });
  const yaml = [{ path: 'crm.yaml', text: project }, ...files].map((file) => ({ ...file, text: canonical(file) }));
  return { yaml: { resources: yaml, templates }, dsl: { resources: yaml.map(inDsl), templates } };
}

function canonical(file: SourceFile): string {
  const { text } = formatFile(file);
  if (text === undefined) throw new Error(`${file.path} cannot be formatted`);
  return text;
}

function inDsl(file: SourceFile): SourceFile {
  const { file: converted } = convertFile(file);
  if (!converted) throw new Error(`${file.path} cannot be converted`);
  return converted;
}

function at(list: string[], index: number): string {
  return list[index % list.length] ?? '';
}
