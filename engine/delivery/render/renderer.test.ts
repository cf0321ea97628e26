import { describe, expect, it } from 'vitest';
import type { ChannelKind } from '../../../spec/model/channel-kinds.ts';
import type { TemplateVariant } from '../../../spec/model/template.ts';
import { createRenderer, type RenderData, RenderError } from './renderer.ts';

const project = { name: 'Shop', locale: 'ru', currency: 'RUB', timezone: 'Europe/Moscow' };

const data: RenderData = {
  customer: { name: 'Анна <b>', phone: null, birthday: '1990-03-02', points: 5 },
  event: {
    total: 1990,
    at: Date.UTC(2026, 2, 1, 22, 30),
    items: [
      { name: 'Чай & "мёд"', price: 1000 },
      { name: 'Мёд', price: 990.5, url: 'javascript:alert(1)' },
    ],
  },
  message: { id: 'm1' },
  unsubscribe_url: 'https://shop.example/u?m=m1&x=1',
  timezone: 'Asia/Yekaterinburg',
};

function render(
  variant: Partial<TemplateVariant> & { body: string },
  options: { kind?: ChannelKind; partials?: Record<string, string>; data?: Partial<RenderData>; locale?: string } = {},
) {
  const kind = options.kind ?? 'email';
  const partials = Object.entries(options.partials ?? {}).map(([name, body]) => ({ name, path: name, body }));
  const template = { name: 't', channel: kind, variants: [{ path: 't', ...variant }] };
  const variables = { discount: 10, town: 'Москва' };
  return createRenderer([template], partials, project, variables).render('t', kind, options.locale ?? null, {
    ...data,
    ...options.data,
  });
}

const text = (body: string, options: Parameters<typeof render>[1] = {}) =>
  render({ body }, { kind: 'messenger', ...options }).text;

it('prints variables of the project, in blocks by @root', () => {
  const body = '{{var.discount}} {{var.town}}{{#with customer}} {{@root.var.discount}}{{/with}}';
  expect(text(body)).toBe('10 Москва 10');
});

describe('helpers', () => {
  it.each([
    ['{{money event.total}}', '1 990 ₽'],
    ['{{number event.total}}', '1 990'],
    [
      '{{money customer.phone}}|{{number customer.phone}}|{{date customer.phone}}|{{url customer.phone}}|{{link customer.phone}}',
      '||||',
    ],
    ['{{date customer.birthday}}', '2 марта 1990 г.'],
    ['{{date event.at "datetime"}}', '2 марта 2026 г. в 03:30'],
    ['{{date event.at "short"}}', '02.03.2026'],
    ['{{url customer.name}}', '%D0%90%D0%BD%D0%BD%D0%B0%20%3Cb%3E'],
    ['{{default customer.phone "нет"}} {{default customer.points 1}}', 'нет 5'],
    ['{{plural customer.points one="товар" few="товара" many="товаров" other="…"}}', 'товаров'],
    ['{{#each event.items}}[{{link this.url}}]{{/each}}', '[][]'],
    ['{{link unsubscribe_url}}', 'https://shop.example/u?m=m1&x=1'],
  ])('%s', (body, expected) => {
    expect(text(body).replace(/[\u00A0\u202F]/g, ' ')).toBe(expected);
  });

  it('takes the locale of the variant, and the project’s zone for a broken one', () => {
    const body = '{{money event.total}} {{date event.at "time"}}';
    expect(render({ body, locale: 'en' }, { kind: 'push', data: { timezone: 'Mars/Base' } }).text).toMatch(
      /^RUB.1,990 1:30.AM$/,
    );
  });
});

describe('missing values', () => {
  it('print as nothing, and can be asked for', () => {
    expect(text('[{{customer.phone}}]{{#if customer.phone}}a{{else}}b{{/if}}')).toBe('[]b');
    expect(text('{{#if event.total}}a{{else}}b{{/if}}', { data: { event: undefined } })).toBe('b');
  });

  it('may be absent from the items of lists', () => {
    expect(
      text('{{#each event.items}}<{{name}}{{this.url}}{{@root.project.name}}>{{/each}}', {
        data: { event: { items: [{ name: 'a' }, null, {}] } },
      }),
    ).toBe('<aShop><Shop>');
  });

  it('are an error where nobody declared them, without the data', () => {
    expect(() => text('{{customer.shoe_size}}')).toThrow(RenderError);
    expect(() => text('{{customer.shoe_size}}')).not.toThrow(/Анна/);
  });

  it.each([
    '{{customer.constructor}}',
    '{{customer.__proto__}}',
    '{{constructor}}',
    '{{toString}}',
    '{{customer.toString}}',
  ])('%s reaches nothing', (body) => {
    let printed = '';
    try {
      printed = text(body);
    } catch (error) {
      expect(error).toBeInstanceOf(RenderError);
    }
    expect(printed).toBe('');
  });

  it('names the template that does not exist', () => {
    expect(() => createRenderer([], [], project).render('a/b', 'sms', null, data)).toThrow('no sms template `a/b`');
  });
});

describe('e-mail', () => {
  it('has a subject, a hidden preheader, escaped HTML and a text', () => {
    const body =
      '<html><body class="x"><p>Здравствуйте, {{customer.name}}!</p><a href="{{unsubscribe_url}}">Отписаться</a></body></html>';
    const rendered = render({ subject: '{{customer.name}}: &', preheader: 'Скидка <{{customer.points}}>', body });
    expect(rendered).toEqual({
      subject: 'Анна <b>: &',
      preheader: 'Скидка <5>',
      html:
        '<html><body class="x"><div style="display:none;max-height:0;overflow:hidden;mso-hide:all">Скидка &lt;5&gt;</div>' +
        '<p>Здравствуйте, Анна &lt;b&gt;!</p><a href="https://shop.example/u?m&#x3D;m1&amp;x&#x3D;1">Отписаться</a></body></html>',
      text: 'Здравствуйте, Анна <b>!\n\nОтписаться (https://shop.example/u?m=m1&x=1)',
      locale: null,
    });
  });

  it('keeps line breaks and control characters out of the subject', () => {
    const customer = { ...data.customer, name: 'A\r\nBcc: x@example.com\u0000\u2028' };
    expect(render({ subject: ' {{customer.name}}', body: 'x' }, { data: { customer } }).subject).toBe(
      'A Bcc: x@example.com',
    );
  });

  it('puts the preheader behind a <body> that stands in a partial', () => {
    const partials = { head: '<html><body>', foot: '</body></html>' };
    const body = '{{> head}}<p>x</p>{{> foot}}';
    expect(render({ body, preheader: 'P', subject: '' }, { partials }).html).toMatch(
      /^<html><body><div style="[^"]*">P<\/div><p>x/,
    );
    expect(render({ body: 'x{{> head}}{{preheader}}', preheader: 'P', subject: '' }, { partials }).html).toBe(
      'x<html><body>P',
    );
    expect(render({ body: '<p>x</p>', preheader: '', subject: '' }).html).toBe('<p>x</p>');
  });

  it('carries the template’s hash', () => {
    const template = { name: 't', channel: 'sms' as const, variants: [{ path: 't', body: 'x' }], hash: 'abc' };
    expect(createRenderer([template], [], project).render('t', 'sms', null, data).templateHash).toBe('abc');
  });
});

describe('other channels', () => {
  it('normalise blank space and escape nothing', () => {
    expect(text('\n\n{{customer.name}}  \r\n\n\n\n  x \n')).toBe('Анна <b>\n\n  x');
    expect(text('{{money event.total}}', { kind: 'sms' })).toBe('1 990 ₽');
    expect(render({ subject: 'Hi {{customer.points}}', body: 'x' }, { kind: 'push' })).toEqual({
      subject: 'Hi 5',
      text: 'x',
      locale: null,
    });
  });

  it('prints a task as a title and text', () => {
    const variant = { subject: 'Call {{customer.name}}', body: 'Cart of {{number event.total}}\n\n\n\nhello' };
    const { subject, text, html } = render({ locale: 'en', ...variant }, { kind: 'task', locale: 'en' });
    expect({ subject, text, html }).toEqual({
      subject: 'Call Анна <b>',
      text: 'Cart of 1,990\n\nhello',
      html: undefined,
    });
  });
});
