import { describe, expect, it } from 'vitest';
import type { LintRule } from '../diagnostics/codes.ts';
import { worldOf } from '../diagnostics/world.fixture.ts';
import { loadProject } from '../load.ts';
import { lint } from './lint.ts';

const campaign = (more = '', on = 'event: registered', steps = '      - send: { email: hello }\n') =>
  `campaigns:\n  hello:\n    on: { ${on} }\n${more}    steps:\n${steps}`;
const mail = (body: string, subject = 'Hello') =>
  `---\nsubject: "${subject}"\n---\n${body}\n<a href="{{unsubscribe_url}}">Unsubscribe</a>\n`;

/** The texts at which the rule points. */
function shown(rule: LintRule, files: Record<string, string>): string[] {
  const all = worldOf('yaml', { 'campaigns/example.crm.yaml': campaign(), ...files });
  const loaded = loadProject(all);
  expect(loaded.diagnostics.map(({ message }) => message)).toEqual([]);
  const found = lint(all, loaded).filter((one) => one.rule === rule);
  return found.map(({ range }) => {
    const text = all.find(({ path }) => path === range?.file)?.text ?? '';
    return text.slice(range?.start.offset, range?.end.offset);
  });
}

const prints = (body: string, more: Record<string, string> = {}) =>
  shown('nullable-without-fallback', { 'templates/hello.email.hbs': mail(body), ...more });

describe('nullable-without-fallback', () => {
  it.each([
    ['{{customer.name}}', ['customer.name']],
    ['{{#if customer.city}}{{customer.name}}{{/if}}', ['customer.name']],
    ['{{#if customer.name}}x{{else}}{{customer.name}}{{/if}}', ['customer.name']],
    ['{{#unless customer.name}}{{customer.name}}{{/unless}}', ['customer.name']],
    ['{{date customer.birthday "long"}}', ['customer.birthday']],
    ['{{default customer.name customer.city}}', ['customer.city']],
    ['{{number (default customer.points customer.points)}}', ['customer.points']],
    ['{{plural customer.points one="x" other=customer.city}}', ['customer.points', 'customer.city']],
    ['<a href="https://shop.example/{{url customer.city}}">x</a>', ['customer.city']],
    ['{{#with customer}}{{name}} {{@root.customer.city}}{{/with}}', ['name', '@root.customer.city']],
    ['{{customer.phone}} {{customer.phone}}', ['customer.phone', 'customer.phone']],
  ])('fires: %s', (body, at) => {
    expect(prints(body)).toEqual(at);
  });

  it.each([
    '{{customer.id}} {{customer.email}} {{project.name}}',
    '{{#if customer.name}}{{customer.name}}{{/if}}',
    '{{#if customer.name}}{{#if customer.city}}{{customer.name}}, {{customer.city}}{{/if}}{{/if}}',
    '{{#unless customer.name}}x{{else}}{{customer.name}}{{/unless}}',
    '{{default customer.name "you"}}',
    '{{#if customer.name}}{{#with customer}}{{name}}{{/with}}{{/if}}',
  ])('does not fire: %s', (body) => {
    const files = { 'templates/hello.email.hbs': mail(body) };
    const all = worldOf('yaml', { 'campaigns/example.crm.yaml': campaign(), ...files });
    const found = lint(all, loadProject(all)).filter(({ rule }) => rule === 'nullable-without-fallback');
    expect(found).toEqual([]);
  });

  it('looks into subjects and partials, and reports a place once', () => {
    const partials = {
      'templates/partials/greeting.hbs': 'Hello, {{customer.name}}!',
      'templates/partials/town.hbs': '{{shown}}{{#if shown}}{{shown}}{{/if}}',
    };
    const twice = '{{> greeting}}{{> greeting}}{{> town shown=customer.city}}';
    expect(prints(twice, partials)).toEqual(['customer.name', 'shown']);
    const files = { 'templates/hello.email.hbs': mail('x', '{{customer.name}}, hello') };
    expect(shown('nullable-without-fallback', files)).toEqual(['customer.name']);
  });

  it.each([
    ['the audience', campaign('    audience: name is not missing and points > 5\n')],
    [
      'a segment of the audience',
      `segments: { named: { where: name is not missing } }\n${campaign('    audience: in segment named\n')}`,
    ],
    [
      'an if around the step',
      campaign(
        '',
        'event: registered',
        '      - if: name contains "a"\n        then:\n          - if: name is not missing\n            then:\n              - send: { email: hello }\n',
      ),
    ],
  ])('knows what is there from %s', (_from, text) => {
    expect(prints('{{customer.name}}', { 'campaigns/example.crm.yaml': text })).toEqual([]);
  });

  it('takes the date of the trigger as present', () => {
    const birthday = { 'campaigns/example.crm.yaml': campaign('', 'date: birthday, at: "10:00"') };
    expect(prints('{{date customer.birthday "long"}}', birthday)).toEqual([]);
    expect(prints('{{customer.city}}', birthday)).toEqual(['customer.city']);
  });

  it('counts customers without attributes too', () => {
    const either = { 'campaigns/example.crm.yaml': campaign('    audience: name is not missing or points > 5\n') };
    expect(prints('{{customer.name}}', either)).toEqual(['customer.name']);
  });
});

describe('unused-template', () => {
  it('reports each channel separately', () => {
    const files = { 'templates/news.email.hbs': mail('x'), 'templates/hello.sms.hbs': 'Hello!\n' };
    expect(shown('unused-template', files)).toHaveLength(2);
    const both = campaign(
      '',
      'event: registered',
      '      - cascade:\n          - { sms: hello, until: clicked, within: 1 day }\n          - { email: news }\n      - wait: 2 days\n      - send: { email: hello }\n',
    );
    expect(shown('unused-template', { ...files, 'campaigns/example.crm.yaml': both })).toEqual([]);
  });

  it('reports a variant that nobody draws, and a template with variants as a whole', () => {
    const varied = mail('x').replace('---\n', '---\nvariants: { warm: {}, short: {} }\n');
    const draws = (variants: string) => ({
      'templates/hello.email.hbs': varied,
      'campaigns/example.crm.yaml': campaign('', undefined, `      - send: { email: ${variants} }\n`),
    });
    expect(shown('unused-template', draws('hello, variants: { warm: {}, short: {} }'))).toEqual([]);
    expect(shown('unused-template', draws('hello:warm'))).toEqual(['short']);
    expect(shown('unused-template', { 'templates/news.email.hbs': varied })).toEqual(['']);
  });
});
