import { glob, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/crm.schema.json' with { type: 'json' };
import { convertFile } from '../convert.ts';
import { type Definition, referenceOf } from '../document/schema.ts';
import type { Mention } from './mention.ts';
import { namesIn } from './names.ts';

const shown = ({ kind, name, owner, channel, role }: Mention) =>
  `${role === 'definition' ? '=' : ''}${kind} ${owner ? `${owner}/` : ''}${name}${channel ? `:${channel}` : ''}`;

function names(text: string, path = 'a.crm.yaml'): string[] {
  return namesIn({ path, text }).map((mention) => {
    if (path.startsWith('templates/') && mention.role === 'definition') return shown(mention);
    expect(text.slice(mention.start, mention.end), 'the place').toBe(mention.name);
    return shown(mention);
  });
}

describe('the names in a file', () => {
  it('are those of both surfaces alike, in the shipped project', async () => {
    let seen = 0;
    for await (const path of glob(['crm.yaml', 'campaigns/*.crm.yaml', 'campaigns/*.crm'])) {
      const file = { path, text: await readFile(path, 'utf8') };
      const other = convertFile(file).file;
      if (!other) throw new Error(`${path} cannot be converted`);
      const here = namesIn(file).map(shown).sort();
      expect(namesIn(other).map(shown).sort()).toEqual(here);
      for (const { start, end, name } of namesIn(other)) expect(other.text.slice(start, end)).toBe(name);
      seen += here.length;
    }
    expect(seen).toBeGreaterThan(50);
  });

  it('have the places where they are written, through quotes, escapes and folded lines', () => {
    expect(names(`segments:\n  'a':\n    where: "in segment b\n      and city == \\"x\\""\n`)).toEqual([
      '=segment a',
      'segment b',
      'attribute city',
    ]);
    expect(names('segments:\n  a:\n    where: >\n      in segment b\n      and reachable(sms)\n')).toContain(
      'channel sms',
    );
  });

  it('are those of the template where one of its variants is sent, and its variants those of the step', () => {
    const send = "{ id: first, send: { email: 'a/b:warm', variants: { plain: {}, warm: {} }, winner: warm } }";
    expect(names(`campaigns: { c: { steps: [${send}] } }`)).toEqual([
      '=campaign c',
      '=step c/first',
      'channel email',
      'template a/b:email',
      '=arm c first/plain',
      '=arm c first/warm',
      'arm c first/warm',
    ]);
  });

  it('know whose a field is', () => {
    const on = 'on: { event: cart, when: event.total > 0 }';
    const exit = 'exit: { event: paid, when: event.sum > 0 }';
    const steps =
      'steps: [{ if: any one in event.items where one.price > 1 and count(paid where paid.sum > 2) > 0, then: [] }]';
    expect(names(`campaigns: { c: { ${on}, ${exit}, ${steps} } }`)).toEqual([
      '=campaign c',
      'event cart',
      'field cart/total',
      'event paid',
      'field paid/sum',
      'field cart/items',
      'field cart.items/price',
      'event paid',
      'event paid',
      'field paid/sum',
    ]);
    expect(names('data: { events: { e: { fields: { items: { type: list, items: { p: money } } } } } }')).toEqual([
      '=event e',
      '=field e/items',
      '=field e.items/p',
    ]);
    expect(names('data: { customers: { attributes: { l: { type: list, items: { p: money } } } } }')).toEqual([
      '=attribute l',
      '=field customer.l/p',
    ]);
  });

  it('know what a journey is about that something’s absence starts', () => {
    const steps = 'steps: [{ if: event.x > 1, then: [] }]';
    const fields = (on: string) =>
      names(`campaigns: { c: { on: ${on}, ${steps} } }`).filter((name) => name.startsWith('field'));
    expect(fields('{ absence: paid, when: event.y > 1, for: 1 day }')).toEqual(['field paid/y', 'field paid/x']);
    expect(fields('{ absence: paid, for: 1 day, after: seen }')).toEqual(['field seen/x']);
    expect(fields('{ absence: paid, for: 1 day, after: { event: seen, when: event.z > 1 } }')).toEqual([
      'field seen/z',
      'field seen/x',
    ]);
  });

  it('of tests are those of events, attributes and their lists', () => {
    const text = `tests:
  t:
    campaign: c
    customers: [{ id: x, segments: [vips], city: Omsk, wishes: [{ sku: a }] }]
    events: [{ at: +0m, customer: x, cart: { total: 1, items: [{ price: 1 }] } }]`;
    const found = [
      ...['=test t', 'campaign c', 'segment vips', 'attribute city', 'attribute wishes', 'field customer.wishes/sku'],
      ...['event cart', 'field cart/total', 'field cart/items', 'field cart.items/price'],
    ];
    expect(names(text)).toEqual(found);
    const dsl =
      convertFile({
        path: 'a.crm.yaml',
        text: `${text}\n    start: 2026-03-02T10:00:00Z\n    expect: { messages: [] }`,
      }).file?.text ?? expect.unreachable();
    expect(names(dsl, 'a.crm').sort()).toEqual(found.sort());
  });

  it('are there in half-written expressions and broken files', () => {
    expect(names('segments: { a: { where: count(paid where paid.sum > ) and city == } }')).toEqual([
      '=segment a',
      'event paid',
      'event paid',
      'field paid/sum',
      'attribute city',
    ]);
    expect(names('segments:\n  a:\n    where: in segment b\n  b: { where: [ \n')).toContain('segment b');
    expect(names('segment a {\n  where seen then not paid within and in segment b\n', 'a.crm')).toEqual([
      '=segment a',
      'event seen',
      'event paid',
      'segment b',
    ]);
  });

  it('of steps belong to their campaigns, with what is derived from them', () => {
    const text = `
campaigns:
  c:
    on: { enters: s }
    moved: { old: offer.plain.send-1 }
    steps: [{ split: { id: offer, arms: { plain: { share: 100% } } } }]
tests:
  t: { campaign: c, arms: { offer: plain }, customers: [{ id: x, city: Omsk }], expect: {} }`;
    const found = namesIn({ path: 'a.crm.yaml', text });
    expect(found.map(shown)).toEqual([
      '=campaign c',
      'segment s',
      'step c/offer',
      '=step c/offer',
      '=arm c offer/plain',
      '=test t',
      'campaign c',
      'step c/offer',
      'arm c offer/plain',
      'attribute city',
    ]);
  });

  it('of an environment are those that it overrides', () => {
    expect(names('variables:\n  greeting: Hi\n', 'environments/test.yaml')).toEqual(['variable greeting']);
    expect(names('variables:\n  greeting: Hi\n', 'crm.yaml')).toEqual(['=variable greeting']);
  });

  it('are those of variables where `$name` refers to one', () => {
    const steps =
      'steps: [{ wait: $pause }, { set: { n: $more, m: $more + 1 } }, { if: "$open == 1 and city == "$no"" }]';
    expect(names(`campaigns: { c: { on: { enters: $$no }, ${steps} } }`)).toEqual([
      ...[
        '=campaign c',
        'segment $$no',
        'variable pause',
        'attribute n',
        'variable more',
        'attribute m',
        'variable more',
      ],
      ...['variable open', 'attribute city'],
    ]);
  });

  it('include those of templates, where their context is known', () => {
    const text =
      '---\nsubject: "{{customer.name}}"\n---\n{{> page a=customer.city}}{{#with customer as |c|}}{{tier}}{{c.name}}{{@root.customer.city}}{{../customer.tier}}{{/with}}{{#each event.items}}{{name}}{{/each}}{{event.city}}';
    expect(names(text, 'templates/a/b.email.ru.hbs')).toEqual([
      '=template a/b:email',
      'attribute name',
      'partial page',
      'attribute city',
      'attribute tier',
      'attribute name',
      'attribute city',
      'attribute tier',
      'field event/items',
      'field event.items/name',
      'field event/city',
    ]);
  });
});

describe('the roles of names', () => {
  /** Places of names that are nobody else's: of the project and of what only tests know. */
  const plain = new Set(['project.name', 'moved key']);

  it('have a role at every place of the schema for a name', () => {
    const named = new Set(['name', 'identifier', 'templateName', 'stepId', 'eventOrAttribute', 'expectedName']);
    const open: string[] = [];
    for (const [
      definition,
      { properties, additionalProperties, propertyNames, items, 'x-keys': keys },
    ] of Object.entries(schema.definitions as unknown as Record<string, Definition>)) {
      const values = { ...properties, '*': additionalProperties, item: items };
      for (const [key, value] of Object.entries(values)) {
        if (typeof value !== 'object' || !named.has(referenceOf(value) ?? '') || value['x-name']) continue;
        open.push(`${definition}.${key}`);
      }
      if (named.has(referenceOf(propertyNames) ?? '') && !keys) open.push(`${definition} key`);
    }
    expect(open.filter((place) => !plain.has(place))).toEqual([]);
  });
});
