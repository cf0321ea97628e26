import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventKind, Field } from '../../../spec/model/data.ts';
import { checkTemplate } from '../../../spec/template/check.ts';
import { readTemplates } from '../../../spec/template/read.ts';
import { createRenderer, type RenderData } from './renderer.ts';

const field = (name: string, type: Field['type'], items?: Field[]): Field => ({
  name,
  type,
  pii: false,
  ...(items && { items }),
});
const attributes = [
  field('name', 'string'),
  field('points', 'integer'),
  field('birthday', 'date'),
  field('vip', 'boolean'),
];
const itemFields = [field('name', 'string'), field('price', 'money'), field('url', 'string')];
const event: EventKind = {
  name: 'cart',
  sources: [],
  fields: [field('total', 'money'), field('at', 'instant'), field('items', 'list', itemFields), field('tags', 'list')],
};

const email = `---
subject: "{{customer.name}}, {{plural customer.points one='point' other='points'}} {{project.name}}"
preheader: "{{default customer.name 'friend'}} {{money event.total}}"
---
{{> head}}<p title="{{customer.name}}">{{customer.name}} {{customer.vip}} {{date customer.birthday}} {{date event.at 'datetime'}}</p>
<a href="https://shop.example/?n={{url customer.name}}&p={{number customer.points}}">{{number customer.points}}</a>
<table>{{#each event.items as |item i|}}<tr><td>{{i}} {{item.name}}</td><td>{{money item.price}}</td>
<td><a href="{{link item.url}}">{{item.url}}</a></td></tr>{{> row item}}{{else}}<tr><td>-</td></tr>{{/each}}</table>
{{#each event.tags}}<i>{{this}}</i>{{/each}}{{#with customer}}{{#if name}}{{name}}{{/if}}{{/with}}
<a href="{{unsubscribe_url}}">x</a>`.replace('&p={{number customer.points}}', '&p={{url customer.points}}');

const files = [
  { path: 'templates/t.email.hbs', text: email },
  {
    path: 'templates/t.sms.hbs',
    text: '{{customer.name}} {{#each event.items}}{{name}} {{this.url}}\n\n\n{{/each}}{{money event.total}}',
  },
  { path: 'templates/partials/head.hbs', text: '<html><body>{{customer.name}}' },
  { path: 'templates/partials/row.hbs', text: '<tr><td>{{name}}{{money price}}</td></tr>' },
];
const { templates, partials } = readTemplates(files);
const project = { name: 'Shop', locale: 'ru', currency: 'RUB', timezone: 'Europe/Moscow' };
const renderer = createRenderer(templates, partials, project);

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(
    '<script>',
    '{{customer.name}}',
    '\uD800',
    'a\r\nBcc: b',
    '\uE000m1\uE001',
    'javascript:x',
    'https://a/<b>"',
  ),
);
const missing = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const number = fc.oneof(fc.double(), fc.integer());
const date = missing(
  fc
    .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
    .map((at) => at.toISOString().slice(0, 10)),
);
const item = fc.record({ name: missing(text), price: missing(number), url: missing(text) }, { requiredKeys: [] });
const data: fc.Arbitrary<RenderData> = fc.record({
  customer: fc.record({
    name: missing(text),
    points: missing(fc.integer()),
    birthday: date,
    vip: missing(fc.boolean()),
  }),
  event: fc.record({
    total: missing(number),
    at: missing(fc.integer()),
    items: missing(fc.array(missing(item))),
    tags: missing(fc.array(missing(text))),
  }),
  message: fc.record({ id: fc.string() }),
  unsubscribe_url: missing(fc.webUrl()),
  timezone: fc.constantFrom('Europe/Moscow', 'Asia/Yekaterinburg', 'nowhere'),
});

/** Returns the second text; one of blanks only, which counts as missing, becomes letters where the first is not blank. */
function withLetters(value: string, harmless: string): string {
  return harmless.trim() === '' && value.trim() !== '' ? value.replace(/./gsu, 'x') : harmless;
}

/** Everything but the data: what the same template prints for customers who have none. */
const tags = (html: string) => [...html.matchAll(/<(?!\/)/g)].length;

it('renders templates that passed the checks for any data, safely', () => {
  expect(templates.flatMap((template) => checkTemplate(template, files, partials, { attributes, event }))).toEqual([]);
  fc.assert(
    fc.property(data, missing(fc.constantFrom('ru', 'en-GB', 'zz', '')), (values, locale) => {
      const {
        subject = '',
        preheader = '',
        html = '',
        text: alternative,
      } = renderer.render('t', 'email', locale, values);
      expect(subject + preheader).not.toMatch(/[\r\n\u2028\u2029]|\p{Cc}/u);
      const letters = (value: string) => value.replaceAll(/[<>"'{]/g, '');
      const harmless = JSON.parse(JSON.stringify(values), (_, value) =>
        typeof value === 'string' ? withLetters(value, letters(value)) : value,
      );
      expect(tags(html)).toBe(tags(renderer.render('t', 'email', locale, harmless).html ?? ''));
      expect(html).not.toMatch(/href="\s*javascript:/i);
      expect(alternative).not.toMatch(/\n{3}/);
      expect(renderer.render('t', 'sms', locale, values).text).toBe(
        renderer.render('t', 'sms', locale, values).text.trim(),
      );
    }),
    { numRuns: 500 },
  );
});
