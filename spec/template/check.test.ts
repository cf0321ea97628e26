import { describe, expect, it } from 'vitest';
import type { EventKind, Field } from '../model/data.ts';
import { checkTemplate, type TemplateUse } from './check.ts';
import { readTemplates } from './read.ts';

const field = (name: string, type: Field['type'], items?: Field[]): Field => ({
  name,
  type,
  pii: false,
  ...(items && { items }),
});

const attributes = [
  field('id', 'string'),
  field('name', 'string'),
  field('birthday', 'date'),
  field('points', 'integer'),
];
const event: EventKind = {
  name: 'cart_updated',
  sources: [],
  fields: [
    field('total', 'money'),
    field('at', 'instant'),
    field('tags', 'list'),
    field('items', 'list', [
      field('name', 'string'),
      field('price', 'money'),
      field('url', 'string'),
      field('parts', 'list'),
    ]),
  ],
};
const use: TemplateUse = { attributes, event };

function check(
  body: string,
  options: { front?: string; partials?: Record<string, string>; use?: TemplateUse; kind?: string } = {},
) {
  const { front = 'subject: Hello', partials = {}, kind = 'email' } = options;
  const files = [
    { path: `templates/a.${kind}.hbs`, text: kind === 'email' ? `---\n${front}\n---\n${body}` : body },
    ...Object.entries(partials).map(([name, text]) => ({ path: `templates/partials/${name}.hbs`, text })),
  ];
  const read = readTemplates(files);
  const [template] = read.templates;
  if (!template) throw new Error('no template');
  return checkTemplate(template, files, read.partials, options.use ?? use);
}

const codes = (body: string, options?: Parameters<typeof check>[1]) => check(body, options).map(({ code }) => code);

it('knows the variables of the project', () => {
  const variables = { discount: 10, rate: 0.5, town: 'Moscow', open: true, wrong: undefined };
  const fine = '{{number var.discount}} {{var.rate}} {{var.town}} {{#if var.open}}x{{/if}} {{money var.wrong}}';
  expect(check(fine, { use: { ...use, variables } })).toEqual([]);
  const [unknown, far] = check('{{var.discont}} {{discount}}', { use: { ...use, variables } });
  expect(unknown).toMatchObject({ code: 'CRM3010', help: 'Did you mean `discount`?' });
  expect(far).toMatchObject({ code: 'CRM3010', help: 'Did you mean `var.discount`?' });
  expect(check('{{var.discount}}')).toMatchObject([{ help: 'Nothing is declared for var.' }]);
});

describe('checkTemplate: what is fine', () => {
  it.each([
    '{{customer.name}} {{event.total}} {{project.name}} {{project.currency}} {{message.id}} {{preheader}}',
    '{{#if customer.name}}{{customer.name}}{{else if event.total}}x{{else}}y{{/if}}',
    '{{#unless event.items}}no{{/unless}}{{#if customer.points includeZero=true}}{{/if}}',
    '{{#each event.items}}{{name}} {{this.price}} {{this.url}} {{@index}} {{@first}} {{../event.total}} {{@root.customer.name}}{{else}}none{{/each}}',
    '{{#each event.items as |item i|}}{{item.name}}{{i}}{{@key}}{{/each}}{{#each event.tags}}{{this}}{{.}}{{/each}}',
    '{{#with customer as |c|}}{{name}}{{c.points}}{{../event.total}}{{/with}}',
    '{{#each event.items}}{{#each parts}}{{this}}{{../name}}{{../../event.total}}{{@../index}}{{/each}}{{/each}}',
    '{{money event.total}} {{number customer.points}} {{date customer.birthday "long"}} {{date event.at "time"}} {{money (default event.total 0)}}',
    '{{plural customer.points one="point" other=(default customer.name "points")}}',
    '<a href="{{unsubscribe_url}}">x</a><a href="https://shop/?q={{url customer.name}}&n={{url customer.points}}">y</a>',
    '{{#each event.items}}<a href="{{link this.url}}" title="{{name}}">{{name}}</a>{{/each}}',
    '<td {{#if customer.name}}class="a"{{else}}class="b"{{/if}} title=\'{{customer.name}}\'>{{customer.name}}</td>',
    '<style>a{color:red}</style><script>1<2</script><!-- {{! note }} --> 1 < {{customer.points}} <title>{{customer.name}}</title>',
    '<a href={{! nothing }}"x">{{customer.name}}</a><!doctype html><br/>{{customer.name}}',
    '\\{{not a variable}}',
  ])('%s', (body) => {
    expect(check(body)).toEqual([]);
  });
});

describe('checkTemplate: what is not', () => {
  it.each([
    ['CRM3010', '{{customer.nmae}}', 'nmae', '`name`'],
    ['CRM3010', '{{name}}', 'name', '`customer.name`'],
    ['CRM3010', '{{customer.constructor}}', 'constructor', 'There are: id'],
    ['CRM3010', '{{__proto__}}', '__proto__', ''],
    ['CRM3010', '{{customer.name.length}}', 'length', ''],
    ['CRM3010', '{{@index}}', '@index', ''],
    ['CRM3010', '{{@rot.customer}}', 'rot', '`@root`'],
    ['CRM3010', '{{../customer}}', '../customer', ''],
    ['CRM3010', '{{#each event.items}}{{event.total}}{{/each}}', 'event', '@root.event.total'],
    ['CRM3010', '{{#each event.items}}{{prise}}{{/each}}', 'prise', '`price`'],
    ['CRM3010', '{{#each event.items as |i|}}{{i.prise}}{{/each}}', 'prise', '`price`'],
    ['CRM3010', '{{"customer.name"}}', '"customer.name"', ''],
    ['CRM3011', '{{mony event.total}}', 'mony', '`money`'],
    ['CRM3011', '{{lookup customer "name"}}', 'lookup', ''],
    ['CRM3011', '{{log customer.name}}', 'log', ''],
    ['CRM3011', '{{#iff customer.name}}{{/iff}}', 'iff', '`#if`'],
    ['CRM3011', '{{#customer}}{{/customer}}', 'customer', ''],
    ['CRM3012', '{{money customer.name}}', 'money', ''],
    ['CRM3012', '{{date event.total}}', 'date', ''],
    ['CRM3012', '{{date event.at "lnog"}}', 'date', '`long`'],
    ['CRM3012', '{{date customer.birthday "time"}}', 'date', ''],
    ['CRM3012', '{{plural customer.points one="x"}}', 'plural', ''],
    ['CRM3012', '{{plural customer.points other="x" fwe="y"}}', 'plural', '`few`'],
    ['CRM3012', '{{default customer.name}}', 'default', ''],
    ['CRM3012', '{{#each event.items}}{{url}}{{/each}}', 'url', '{{this.url}}'],
    ['CRM3012', '{{#if}}{{/if}}', 'if', ''],
    ['CRM3013', '{{#each customer.name}}{{/each}}', 'customer.name', ''],
    ['CRM3013', '{{#with customer.name}}{{/with}}', 'customer.name', ''],
    ['CRM3014', '{{event.items}}', 'event.items', '#each'],
    ['CRM3014', '{{customer}}', 'customer', ''],
    ['CRM3015', '{{{customer.name}}}', '{{{customer.name}}}', ''],
    ['CRM3015', '{{&customer.name}}', '{{&customer.name}}', ''],
    ['CRM3016', '{{* foo}}', '{{* foo}}', ''],
    ['CRM3016', '{{#*inline "x"}}{{/inline}}', '{{#*inline "x"}}{{/inline}}', ''],
    ['CRM3016', '{{> (default "a" "b")}}', '(default "a" "b")', ''],
    ['CRM3016', '{{> @partial-block}}', '@partial-block', ''],
    ['CRM3016', '{{#> layout}}{{/layout}}', '{{#> layout}}{{/layout}}', ''],
    ['CRM3018', '{{> foter}}', 'foter', '`footer`'],
    ['CRM3020', '<a title={{customer.name}}>', '{{customer.name}}', 'title="…"'],
    ['CRM3020', '<a title=x{{customer.name}}>', '{{customer.name}}', ''],
    ['CRM3020', '<a {{customer.name}}>', '{{customer.name}}', ''],
    ['CRM3020', '<{{customer.name}}>', '{{customer.name}}', ''],
    ['CRM3021', '<a href="{{customer.name}}">', '{{customer.name}}', '{{link'],
    ['CRM3021', '<a href="https://s/?q={{customer.name}}">', '{{customer.name}}', '{{url'],
    ['CRM3021', '<meta http-equiv="refresh" content="0;url={{customer.name}}">', '{{customer.name}}', '{{url'],
    ['CRM3021', '<svg><a><set attributeName="href" to="{{customer.name}}"/></a></svg>', '{{customer.name}}', '{{link'],
    ['CRM3021', '<a href="https://s/?q={{unsubscribe_url}}">', '{{unsubscribe_url}}', ''],
    ['CRM3021', "<img SRC='{{#if customer.name}}x{{/if}}{{customer.name}}'>", '{{customer.name}}', ''],
    ['CRM3022', '<script>{{customer.name}}</script>', '{{customer.name}}', ''],
    ['CRM3022', '<style>{{customer.name}}</style>', '{{customer.name}}', ''],
    ['CRM3022', '<p onclick="{{url customer.name}}">', '{{url customer.name}}', ''],
    ['CRM3022', '<p style="color:{{customer.name}}">', '{{customer.name}}', ''],
    ['CRM3022', '<!-- {{customer.name}} -->', '{{customer.name}}', ''],
    ['CRM3023', '<a href="{{#if customer.name}}x">{{else}}y{{/if}}', 'if', ''],
    ['CRM3023', '{{#each event.items}}<p {{/each}}', 'each', ''],
  ])('%s %s', (code, body, at, help) => {
    const found = check(body, { partials: { footer: 'x' } });
    expect(found.map((diagnostic) => diagnostic.code)).toEqual([code]);
    const [diagnostic] = found;
    const text = `---\nsubject: Hello\n---\n${body}`;
    expect(text.slice(diagnostic?.range?.start.offset, diagnostic?.range?.end.offset)).toBe(at);
    expect(diagnostic?.range?.start.line).toBe(4);
    expect(diagnostic?.help ?? '').toContain(help);
  });

  it('has no event where the trigger has none', () => {
    expect(codes('{{event.total}}', { use: { attributes } })).toEqual(['CRM3010']);
  });

  it('checks subject and preheader at their place in the file', () => {
    const front = 'subject: "Hi {{customer.nmae}}"\npreheader: {{{customer.name}}}';
    expect(codes('x', { front: 'subject: "{{preheader}}"' })).toEqual(['CRM3010']);
    expect(codes('x', { front: front.replace(/preheader.*/, "preheader: '{{{customer.name}}}'") })).toEqual([
      'CRM3010',
      'CRM3015',
    ]);
    const [found] = check('x', { front: front.split('\n')[0] ?? '' });
    expect(found?.range?.start).toEqual({ offset: 28, line: 2, column: 25 });
  });

  it('checks no HTML in a text message', () => {
    expect(codes('<a href={{customer.name}}>', { kind: 'sms' })).toEqual([]);
    expect(codes('{{preheader}}', { kind: 'sms' })).toEqual(['CRM3010']);
  });

  it('asks a marketing e-mail for unsubscribe_url', () => {
    const marketing: TemplateUse = { ...use, category: 'marketing' };
    expect(check('x', { use: marketing }).map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'CRM3024 warning',
    ]);
    expect(codes('{{> foot}}', { use: marketing, partials: { foot: '<a href="{{unsubscribe_url}}">u</a>' } })).toEqual(
      [],
    );
    expect(codes('<a href="{{link unsubscribe_url}}">u</a>', { use: marketing })).toEqual([]);
    expect(codes('<a href="{{link customer.name}}">u</a>', { use: marketing })).toEqual(['CRM3024']);
    expect(codes('x', { use: { ...use, category: 'transactional' } })).toEqual([]);
    expect(codes('x', { use: marketing, kind: 'sms' })).toEqual([]);
  });
});

it('answers at once for a text full of mistakes', () => {
  expect(check('{{customer.nmae}}\n'.repeat(10_000))).toHaveLength(100);
}, 2_000);

describe('checkTemplate: partials', () => {
  it('follows them with their context and parameters', () => {
    const partials = { row: '{{name}} {{label}} {{@index}} {{@root.customer.name}}' };
    expect(codes('{{#each event.items}}{{> row this label="x"}}{{/each}}', { partials })).toEqual([]);
    const [found] = check('{{> row label=1}}', { partials });
    expect(found).toMatchObject({
      code: 'CRM3010',
      range: { file: 'templates/partials/row.hbs', start: { column: 3 } },
    });
    expect(found?.help).toContain('Included by templates/a.email.hbs');
  });

  it('does not let them look around their call', () => {
    const partials = { row: '{{../event.total}}{{item.name}}' };
    expect(codes('{{#each event.items as |item|}}{{> row this}}{{/each}}', { partials })).toEqual([
      'CRM3010',
      'CRM3010',
    ]);
  });

  it('knows the place in the HTML on both sides of the call', () => {
    const partials = { open: '<a title="', data: '{{customer.name}}' };
    expect(codes('{{> open}}{{> data}}">{{> data}}</a>', { partials })).toEqual([]);
    expect(codes('<script>{{> data}}</script>', { partials })).toEqual(['CRM3022']);
  });

  it('refuses circles, and trees that grow beyond measure', () => {
    expect(codes('{{> a}}', { partials: { a: '{{> b}}', b: '{{> a}}' } })).toEqual(['CRM3019']);
    const partials = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`p${i}`, `{{> p${i + 1}}}`.repeat(2)]));
    expect(codes('{{> p0}}', { partials: { ...partials, p30: 'x' } })).toContain('CRM3008');
  });
});
