import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applied, type Editor, type Files, openEditor } from './editor.test-helper.ts';
import { marked, shop } from './shop.fixture.ts';

let editor: Editor;
beforeAll(async () => {
  editor = await openEditor({ ...shop, 'broken.crm': 'segment b { where in segment nobody }\n' });
});
afterAll(() => editor.close());

describe('diagnostics', () => {
  it('of the whole project are published before a file is opened', async () => {
    const [found] = await editor.diagnostics('broken.crm', (all) => all.length > 0);
    expect(found).toMatchObject({ code: 'CRM2023', severity: 1, source: 'crm' });
    expect(found?.range).toEqual({ start: { line: 0, character: 29 }, end: { line: 0, character: 35 } });
  });

  it('appear and vanish while the user types', async () => {
    await editor.type('typed.crm', 'segment t { where in segment sleping }\n');
    const [found] = await editor.diagnostics('typed.crm', (all) => all.length > 0);
    expect(found?.message).toBe('There is no segment "sleping".\nDid you mean "sleeping"?');
    await editor.type('typed.crm', 'segment t { where in segment sleeping }\n');
    await editor.diagnostics('typed.crm', (all) => all.length === 0);
    await editor.type('typed.crm', 'segment t { where in segment sleeping and }\n');
    await editor.diagnostics('typed.crm', (all) => all.length === 1);
    await editor.type('typed.crm', 'segment t { where in segment sleeping }\n');
    await editor.diagnostics('typed.crm', (all) => all.length === 0);
  });

  it('follow changes in another file', async () => {
    const path = 'segments.crm';
    await editor.type(path, (shop[path] ?? '').replaceAll('valuable', 'precious'));
    await editor.diagnostics('winback.crm', (all) => all.some(({ message }) => String(message).includes('valuable')));
    await editor.type(path, shop[path] ?? '');
    await editor.diagnostics('winback.crm', (all) => all.length === 0);
  });
});

describe('the files on the disk', () => {
  it('count unless the editor has a text of its own', async () => {
    const disk: Files = { ...shop };
    const other = await openEditor(disk);
    disk['late.crm'] = 'segment late { where in segment nobody }\n';
    await other.changedOnDisk('late.crm', 1);
    await other.diagnostics('late.crm', (all) => all.some(({ code }) => code === 'CRM2023'));

    await other.type('late.crm', 'segment late { where in segment sleeping }\n');
    await other.diagnostics('late.crm', (all) => all.every(({ severity }) => severity !== 1));
    await other.closeFile('late.crm');
    await other.diagnostics('late.crm', (all) => all.some(({ code }) => code === 'CRM2023'));

    delete disk['late.crm'];
    await other.changedOnDisk('late.crm', 3);
    await other.diagnostics('late.crm', (all) => all.length === 0);

    delete disk['project.crm'];
    await other.changedOnDisk('project.crm', 3);
    await other.type('new.crm', 'segment n { where city == "x" }\n');
    await other.diagnostics('cart.crm.yaml', (all) => all.some(({ severity }) => severity === 1));
    other.close();
  });
});

describe('a finding of the lint', () => {
  it('has a link to its explanation and a fix', async () => {
    const fine = await openEditor(shop);
    const path = 'more.crm.yaml';
    const found = await fine.diagnostics(path, (all) => all.length > 0);
    expect(found).toMatchObject([{ code: 'CRM5040', severity: 2 }]);
    expect(found[0]?.codeDescription?.href).toMatch(/^file:\/\/\/docs\/codes\.md#crm5040-[a-z-]+$/);

    const [repair] = await fine.actions(path, marked(path, 'sleepers-'));
    expect(repair).toMatchObject({
      title: 'Remove the segment `sleepers-of-moscow`',
      diagnostics: [{ code: 'CRM5040' }],
    });
    const [edits] = Object.values(repair?.edit?.changes ?? {});
    expect(applied(shop[path] ?? '', edits ?? [])).not.toContain('sleepers-of-moscow');
    fine.close();
  });
});

describe('formatting', () => {
  it('formats both surfaces', async () => {
    expect(await editor.format('f.crm', '# why\nsegment   f   {where   city=="x"\n}\n')).toBe(
      '# why\nsegment f {\n  where city == "x"\n}\n',
    );
    expect(await editor.format('f.crm.yaml', 'segments:\n    g:   {where:   city=="x"}\n')).toContain('city == "x"');
  });

  it('changes neither formatted nor broken files', async () => {
    expect(await editor.format('segments.crm', shop['segments.crm'] ?? '')).toBe(shop['segments.crm']);
    expect(await editor.format('f.crm', 'segment f {where city==')).toBe('segment f {where city==');
  });
});

it('answers for broken files of all kinds, and at places without a name', async () => {
  const texts = [
    '',
    '▮',
    '}}}▮{{',
    'campaign ▮',
    '\uFEFFsegment a {\r\n  where in segment ▮\r\n',
    '"▮',
    '{'.repeat(300),
    '\u0000▮',
  ];
  for (const text of texts) {
    for (const path of ['odd.crm', 'odd.crm.yaml', 'templates/odd.email.hbs']) {
      const at = await editor.type(path, text);
      for (const method of ['completion', 'hover', 'definition', 'documentSymbol', 'prepareRename']) {
        await expect(editor.request(`textDocument/${method}`, at), `${method} in ${path}`).resolves.not.toThrow();
      }
    }
  }
  expect(await editor.complete('odd.crm', '\uFEFFsegment a {\r\n  where in segment ▮\r\n')).not.toEqual([]);
});
