import { describe, expect, it } from 'vitest';
import { createRenderer } from './renderer.ts';

const project = { name: 'Shop', locale: 'en', currency: 'USD', timezone: 'UTC' };
const items = [
  { name: 'Tea', price: 10 },
  { name: 'Honey <5>', price: 2.5 },
];

function text(
  body: string,
  partials: Record<string, string> = {},
  event: Record<string, unknown> = { items, note: null },
) {
  const parts = Object.entries(partials).map(([name, part]) => ({ name, path: name, body: part }));
  const renderer = createRenderer(
    [{ name: 't', channel: 'email', variants: [{ path: 't', subject: '', body }] }],
    parts,
    project,
  );
  const message = {
    customer: { name: 'Ann' },
    event,
    message: { id: 'm' },
    unsubscribe_url: 'https://x.example/u',
    timezone: 'UTC',
  };
  return renderer.render('t', 'email', null, message).text;
}

describe('the text of an e-mail', () => {
  it('keeps loops inside of tables, a line a row', () => {
    const table = `<table>
      {{#each event.items}}
      <tr><td>{{name}}</td><td align="right">{{money price}}</td></tr>
      {{else}}
      <tr><td>Nothing</td></tr>
      {{/each}}
    </table><p>Bye</p>`;
    expect(text(table)).toBe('Tea $10\nHoney <5> $2.50\n\nBye');
    expect(text(table, {}, { items: [], note: null })).toBe('Nothing\n\nBye');
  });

  it('keeps conditions, inline and around paragraphs', () => {
    const body =
      '<h1>Hi{{#if customer.name}}, {{customer.name}}{{else}} there{{/if}}</h1>{{#if event.note}}<p>A</p>{{else if event.items}}<p>B</p>{{else}}<p>C</p>{{/if}}<p>D</p>';
    expect(text(body)).toBe('Hi, Ann\n\nB\n\nD');
  });

  it('keeps links with data, leaves out what only HTML shows', () => {
    const body = `<head><title>T</title><style>a{}</style></head><body><!-- c --><img src="x.png"><img src="y.png" alt="Logo">
      <a href="https://x.example/?n={{url customer.name}}" {{#if customer.name}}title="{{customer.name}}"{{/if}}>go</a> <a href="{{unsubscribe_url}}">{{unsubscribe_url}}</a></body>`;
    expect(text(body)).toBe('Logo go (https://x.example/?n=Ann) https://x.example/u');
  });

  it('joins a header and a footer that make HTML only together', () => {
    const partials = {
      head: '<html><body><table><tr><td><b>Shop</b></td></tr><tr><td>',
      foot: '</td></tr><tr><td>Bye {{customer.name}}</td></tr></table></body></html>',
    };
    expect(text('{{> head}}<p>Text</p>{{> foot}}', partials)).toBe('Shop\n\nText\n\nBye Ann');
  });

  it('calls partials with parameters, in loops too', () => {
    const partials = { row: '<tr><td>{{name}}</td><td>{{label}}</td></tr>', mark: '<b>{{label}}</b>' };
    const body =
      '<table>{{#each event.items as |item|}}{{> row item label="x"}}{{/each}}</table>a {{> mark label="b"}} c';
    expect(text(body, partials)).toBe('Tea x\nHoney <5> x\n\na b c');
  });

  it('takes braces and private letters of the HTML as they are', () => {
    expect(text('<p>\\{{customer.name}} &#123;&#123;x}} {&#123;{{customer.name}}&#125;} \\ \uE000m9\uE001</p>')).toBe(
      '{{customer.name}} {{x}} {{Ann}} \\ m9',
    );
  });

  it('is made from the rendered HTML where a block cannot be followed', () => {
    const body = '<head>{{#if customer.name}}</head><body><p>{{customer.name}}</p>{{/if}}</body>';
    expect(text(body)).toBe('Ann');
  });
});
