import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProject } from '../spec/load.ts';
import { applied, type Editor, openEditor } from './editor.test-helper.ts';
import { marked, shop } from './shop.fixture.ts';

let editor: Editor;
beforeAll(async () => {
  editor = await openEditor(shop);
});
afterAll(() => editor.close());

/** Returns `path:line:column` of the first `before` + `after` in a file, between the two. */
function place(path: string, before: string, after = ''): string {
  const head = marked(path, before, after).split('▮', 1)[0] ?? '';
  return `${path}:${head.split('\n').length}:${head.length - head.lastIndexOf('\n')}`;
}

it('the shop has no errors', () => {
  const files = Object.entries(shop).map(([path, text]) => ({ path, text }));
  expect(loadProject(files).diagnostics).toEqual([]);
});

describe('hover', () => {
  const hover = (path: string, before: string, after = '') => editor.hover(path, marked(path, before, after));

  it('shows the known facts about a name', async () => {
    expect(await hover('winback.crm', 'segment slee')).toBe(
      'segment **sleeping** — Sleeping buyers\n\n```\nlast(order_paid) < 45 days ago and last(order_paid) >= 90 days ago\n```\n\nThe last order was 45 to 90 days ago.',
    );
    expect(await hover('winback.crm', 'and tie')).toBe('attribute **tier**: `string` — Loyalty tier');
    expect(await hover('templates/winback.sms.hbs', 'customer.na')).toContain('Personal data.');
    expect(await hover('cart.crm.yaml', 'event: cart_')).toContain('- `items_count`: integer');
    expect(await hover('cart.crm.yaml', 'event.items_')).toBe('field **cart_updated.items_count**: `integer`');
    expect(await hover('winback.crm', 'reachable(s')).toContain('channel **sms**');
    expect(await hover('winback.crm', 'send sms win')).toContain('templates/winback.sms.hbs');
    expect(await hover('winback.crm', 'send sms win')).not.toContain('email');
  });

  it('explains functions, operators and words of expressions, on both surfaces', async () => {
    expect(await hover('segments.crm', 'where last', '(order_paid)')).toBe(
      '`last(event), last(event.field)`\n\nThe instant of the latest such event, or its field; missing where there is none.\n\n```\nlast(order_paid) < 45 days ago\n```',
    );
    expect(await hover('winback.crm', 'audience no', 't (')).toContain('not a');
    expect(await hover('winback.crm', 'audience not (in seg', 'ment')).toContain('in segment name');
    expect(await hover('winback.crm', 'tier =', '= "gold"')).toContain('a == b');
    expect(await hover('winback.crm', 'if reach', 'able')).toContain('has consented');
    expect(await hover('winback.crm', 'when eve', 'nt.total')).toContain('event.field');
    expect(await hover('more.crm.yaml', 'sleeping a', 'nd city')).toContain('a and b');
    expect(await hover('more.crm.yaml', 'city =', '= ')).toContain('a == b');
    expect(await hover('cart.crm.yaml', 'if: in se', 'gment')).toContain('in segment name');
    const step = (said: string) => editor.hover('new.crm', `campaign c {\n  set { tier to ${said} }\n}\n`);
    expect(await step('count▮(order_paid)')).toContain('count(event)');
    expect(await step('"count▮(order_paid)"')).toBeUndefined();
    // The word of the statement is not the word of the expression.
    expect(await hover('winback.crm', 'paid wi', 'thin')).not.toContain('first event');
  });

  it('explains words and keys', async () => {
    expect(await hover('winback.crm', 'audi')).toMatch(/\.$/);
    expect(await hover('cart.crm.yaml', 'ste', 'ps')).toMatch(/\.$/);
    expect(await hover('winback.crm', '2 ho')).toBeUndefined();
  });
});

describe('going to a definition', () => {
  const go = (path: string, before: string, after = '') => editor.definition(path, marked(path, before, after));

  it('leads to the definition from either surface, from expressions and templates', async () => {
    const sleeping = place('segments.crm', 'segment ', 'sleeping');
    expect(await go('winback.crm', 'enters sle')).toEqual([sleeping]);
    expect(await go('more.crm.yaml', 'in segment sle')).toEqual([sleeping]);
    expect(await go('cart.crm.yaml', 'in segment sle')).toEqual([sleeping]);
    expect(await go('segments.crm', 'count(order_')).toEqual([place('project.crm', 'event ', 'order_paid')]);
    expect(await go('cart.crm.yaml', 'event.items_')).toEqual([place('project.crm', '    ', 'items_count')]);
    expect(await go('winback.crm', 'when event.tot')).toHaveLength(1);
    expect(await go('templates/cart/reminder.email.hbs', '{{na')).toEqual([
      place('project.crm', '    ', 'name string'),
    ]);
    expect(await go('templates/cart/reminder.email.hbs', '{{event.items_')).toEqual([
      place('project.crm', '    ', 'items_count'),
    ]);
    expect(await go('cart.crm.yaml', '{ ema')).toEqual([place('project.crm', 'channel ', 'email {')]);
  });

  it('leads to the files of a template for the channel', async () => {
    expect(await go('sleep.crm.yaml', 'sms: win')).toEqual(['templates/winback.sms.hbs:1:1']);
    expect(await go('winback.crm', 'send email win')).toEqual(['templates/winback.email.hbs:1:1']);
  });

  it('leads nowhere from a name without a definition', async () => {
    expect(await editor.definition('new.crm', 'segment a { where in segment sleping▮ }')).toEqual([]);
  });
});

it('finds all references to a segment, in all files', async () => {
  const found = await editor.references('segments.crm', marked('segments.crm', 'segment sle'));
  expect(found.sort()).toEqual(
    [
      place('cart.crm.yaml', 'segment ', 'sleeping'),
      place('more.crm.yaml', 'in segment ', 'sleeping'),
      place('segments.crm', 'segment ', 'sleeping'),
      place('segments.crm', 'in segment ', 'sleeping'),
      place('sleep.crm.yaml', 'enters: ', 'sleeping'),
      place('winback.crm', 'enters ', 'sleeping'),
      place('winback.crm', 'in segment ', 'sleeping'),
    ].sort(),
  );
});

it('lists what a file defines, the inner inside the outer', async () => {
  const { textDocument } = await editor.type('project.crm', shop['project.crm'] ?? '');
  const symbols = (await editor.request('textDocument/documentSymbol', { textDocument })) as {
    name: string;
    children: { name: string; children: { name: string }[] }[];
  }[];
  expect(symbols.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['name', 'tier', 'cart_updated', 'order_paid', 'email', 'sms']),
  );
  const cart = symbols.find(({ name }) => name === 'cart_updated');
  expect(cart?.children.map(({ name }) => name)).toEqual(['total', 'items_count', 'items']);
  expect(cart?.children[2]?.children.map(({ name }) => name)).toEqual(['name', 'price']);
});

describe('rename', () => {
  const rename = (path: string, before: string, to: string) => editor.rename(path, marked(path, before), to);

  /** Returns the project after the edits, which must have no errors. */
  async function renamed(path: string, before: string, to: string) {
    const changes = await rename(path, before, to);
    const files = {
      ...shop,
      ...Object.fromEntries(Object.entries(changes).map(([file, edits]) => [file, applied(shop[file] ?? '', edits)])),
    };
    expect(loadProject(Object.entries(files).map(([file, text]) => ({ path: file, text }))).diagnostics).toEqual([]);
    return { changes, files };
  }

  it('of a segment that five files use gives exactly the edits for both surfaces, and a project that validates', async () => {
    const { changes, files } = await renamed('winback.crm', 'in segment sle', 'asleep');
    const edits = Object.entries(changes).flatMap(([path, list]) =>
      list.map(
        ({ range, newText }) =>
          `${path}:${range.start.line + 1}:${range.start.character + 1}-${range.end.character + 1} ${newText}`,
      ),
    );
    expect(edits.sort()).toEqual([
      'cart.crm.yaml:6:24-32 asleep',
      'more.crm.yaml:4:24-32 asleep',
      'segments.crm:2:9-17 asleep',
      'segments.crm:7:51-59 asleep',
      'sleep.crm.yaml:3:19-27 asleep',
      'winback.crm:2:13-21 asleep',
      'winback.crm:3:28-36 asleep',
    ]);
    for (const path of Object.keys(shop)) {
      expect(files[path]).toBe(shop[path]?.replaceAll(/\bsleeping\b/g, 'asleep'));
    }
  });

  it.each([
    ['project.crm', 'event order_', 'purchased', ['project.crm', 'segments.crm', 'winback.crm', 'cart.crm.yaml']],
    ['project.crm', '    tie', 'level', ['project.crm', 'winback.crm']],
    ['project.crm', '    items_c', 'amount', ['project.crm', 'cart.crm.yaml', 'templates/cart/reminder.email.hbs']],
    ['project.crm', '    cit', 'town', ['project.crm', 'more.crm.yaml', 'templates/winback.email.hbs']],
    ['winback.crm', 'campaign win', 'come-back', ['winback.crm']],
    ['winback.crm', 'as let', 'post', ['winback.crm']],
  ])('of what stands in %s behind "%s" changes every file where it is used', async (path, before, to, expected) => {
    const { changes } = await renamed(path, before, to);
    expect(Object.keys(changes).sort()).toEqual(expected.sort());
  });

  it('of a channel writes its kind, if the name alone declared it', async () => {
    const { files } = await renamed('project.crm', 'channel sm', 'texts');
    expect(files['project.crm']).toContain('channel texts {\n  kind sms\n  transport file\n');
    expect(files['winback.crm']).toContain('if reachable(texts) {\n    send texts winback');
    expect(files['sleep.crm.yaml']).toContain('send: { texts: winback }');
  });

  it.each([
    ['winback.crm', 'enters sle', 'two words', /cannot be a name/],
    ['winback.crm', 'and ti', 'loyalty-tier', /cannot be a name.*underscores/],
    ['winback.crm', 'enters sle', 'valuable', /a segment `valuable` already, in segments.crm/],
    ['winback.crm', 'send sms win', 'other', /rename those/],
    // The token of a push is the attribute of this name, unless the channel names another.
    ['project.crm', '    push_tok', 'device', /something would be wrong.*push_token/],
  ])('is refused in %s behind "%s" to "%s"', async (path, before, to, reason) => {
    await expect(rename(path, before, to)).rejects.toThrow(reason);
  });
});
