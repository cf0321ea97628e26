import { describe, expect, it } from 'vitest';
import { readTemplates } from './read.ts';

function read(files: Record<string, string>) {
  return readTemplates(Object.entries(files).map(([path, text]) => ({ path, text })));
}

function findings(files: Record<string, string>) {
  return read(files).diagnostics.map(({ code, range }) => `${code} ${range?.start.line}:${range?.start.column}`);
}

describe('readTemplates', () => {
  it('splits names, channels and locales, and sorts', () => {
    const { templates, partials, origins, diagnostics } = read({
      'templates/cart/reminder.email.ru.hbs': '---\nsubject: Привет\npreheader: "{{customer.name}}"\n---\n<p>x</p>\n',
      'templates/cart/reminder.email.hbs': '---\r\nsubject: Hello\r\n---\r\n<p>y</p>',
      'templates/cart/reminder.sms.PT-br.hbs': 'Oi',
      'templates/a.push.hbs': '---\ntitle: T\n---\nB',
      'templates/partials/mail/footer.hbs': '---\n',
      'crm.yaml': 'x',
    });
    expect(diagnostics).toEqual([]);
    expect(templates).toEqual([
      { name: 'a', channel: 'push', variants: [{ path: 'templates/a.push.hbs', subject: 'T', body: 'B' }] },
      {
        name: 'cart/reminder',
        channel: 'email',
        variants: [
          { path: 'templates/cart/reminder.email.hbs', subject: 'Hello', body: '<p>y</p>' },
          {
            locale: 'ru',
            path: 'templates/cart/reminder.email.ru.hbs',
            subject: 'Привет',
            preheader: '{{customer.name}}',
            body: '<p>x</p>\n',
          },
        ],
      },
      {
        name: 'cart/reminder',
        channel: 'sms',
        variants: [{ locale: 'pt-BR', path: 'templates/cart/reminder.sms.PT-br.hbs', body: 'Oi' }],
      },
    ]);
    expect(partials).toEqual([{ name: 'mail/footer', path: 'templates/partials/mail/footer.hbs', body: '---\n' }]);
    expect(Object.keys(origins)).toContain('template.cart/reminder.email');
  });

  it.each([
    ['a name without a channel', 'templates/hello.hbs', 'x', 'CRM3005 1:1'],
    ['a misspelt channel', 'templates/hello.emial.hbs', 'x', 'CRM3005 1:1'],
    ['a bad locale', 'templates/hello.sms.ru_RU.hbs', 'x', 'CRM3005 1:1'],
    ['no subject', 'templates/a.email.hbs', '<p>', 'CRM3004 1:1'],
    ['no title', 'templates/a.push.hbs', 'x', 'CRM3004 1:1'],
    ['a misspelt key', 'templates/a.email.hbs', '---\nsubject: x\nsubjekt: y\n---\n', 'CRM3002 3:1'],
    ['a key of another channel', 'templates/a.sms.hbs', '---\nsubject: x\n---\n', 'CRM3002 2:1'],
    ['an unquoted variable', 'templates/a.email.hbs', '---\nsubject: {{customer.name}}\n---\n', 'CRM3003 2:1'],
    ['a list as subject', 'templates/a.email.hbs', '---\nsubject: [a]\n---\n', 'CRM3003 2:1'],
    ['an unclosed front matter', 'templates/a.email.hbs', '---\nsubject: x\n', 'CRM3001 1:1'],
    ['broken YAML', 'templates/a.email.hbs', '---\nsubject: "x\n---\n', 'CRM3001 2:10'],
    ['deep YAML', 'templates/a.email.hbs', `---\nsubject: ${'['.repeat(9000)}\n---\n`, 'CRM3001 2:110'],
    ['an unclosed block', 'templates/a.email.hbs', '---\nsubject: x\n---\nA\n  {{#if customer.name}}', 'CRM3007 5:6'],
    ['a mismatch', 'templates/a.sms.hbs', 'A\n{{#if x}}\n{{/each}}', 'CRM3007 2:4'],
    ['an unclosed mustache', 'templates/a.sms.hbs', 'A\n{{foo bar', 'CRM3007 2:1'],
    ['syntax in a subject', 'templates/a.email.hbs', '---\nsubject: "a {{b"\n---\n', 'CRM3007 2:11'],
    ['a huge text', 'templates/a.sms.hbs', 'x{{a}}'.repeat(200_000), 'CRM3008 1:1'],
    [
      'deep blocks',
      'templates/a.sms.hbs',
      `\n${'{{#if a}}'.repeat(16_000)}${'{{/if}}'.repeat(16_000)}`,
      'CRM3008 2:451',
    ],
    ['long chains', 'templates/a.sms.hbs', `{{#if a}}${'{{else if b}}'.repeat(9000)}{{/if}}`, 'CRM3008 1:647'],
    ['deep calls', 'templates/a.sms.hbs', `{{default ${'(default '.repeat(20_000)}`, 'CRM3008 1:461'],
    ['a broken encoding', 'templates/a.sms.hbs', 'a\n\uFFFD', 'CRM1005 2:1'],
  ])('finds %s', (_, path, text, expected) => {
    const found = findings({ [path]: text });
    expect(found).toContain(expected);
    expect(found.length).toBeLessThanOrEqual(2);
  });

  it('suggests the name that was probably meant', () => {
    const help = (path: string, text: string) => read({ [path]: text }).diagnostics[0]?.help;
    expect(help('templates/hello.emial.hbs', 'x')).toContain('`email`');
    expect(help('templates/a.email.hbs', '---\nsubjekt: y\n---\n')).toBe('Did you mean `subject`?');
    expect(help('templates/a.push.hbs', '---\nsubject: y\n---\n')).toBe('Did you mean `title`?');
    expect(help('templates/a.sms.hbs', '{{#if x}}')).toBe('Close it with {{/if}}.');
  });

  it('refuses two files for one variant', () => {
    const found = read({ 'templates/a.sms.pt-BR.hbs': 'x', 'templates/a.sms.pt-br.hbs': 'y' });
    expect(found.diagnostics.map(({ code }) => code)).toEqual(['CRM3006']);
  });

  it('reads variants as templates of their own, with the texts that they do not have themselves', () => {
    const file = (variants: string) => `---\nsubject: Hello\nvariants: ${variants}\n---\n<p>x</p>`;
    const { templates, diagnostics, origins } = read({
      'templates/hello.email.hbs': file('{ warm: { subject: So good }, short: {} }'),
      'templates/hello.email.ru.hbs': file('{ short: { preheader: Short }, warm: {} }'),
    });
    expect(diagnostics).toEqual([]);
    expect(templates.map(({ name, variant }) => [name, variant?.name, variant?.among.join()])).toEqual([
      ['hello', 'plain', 'plain,warm,short'],
      ['hello:short', 'short', 'plain,warm,short'],
      ['hello:warm', 'warm', 'plain,warm,short'],
    ]);
    expect(templates.map(({ variants }) => variants.map(({ subject, preheader }) => [subject, preheader]))).toEqual([
      [
        ['Hello', undefined],
        ['Hello', undefined],
      ],
      [
        ['Hello', undefined],
        ['Hello', 'Short'],
      ],
      [
        ['So good', undefined],
        ['Hello', undefined],
      ],
    ]);
    expect(origins['template.hello:warm.email']).toMatchObject({ start: { line: 3 } });
  });
});
