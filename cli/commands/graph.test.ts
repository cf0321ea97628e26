import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-graph-'));
  expect((await run('init', '.', '--template', 'cart')).code).toBe(0);
});
afterAll(() => rm(root, { recursive: true }));

async function run(...words: string[]) {
  const io = testIo(root);
  const code = await crm(words, io);
  return { code, ...io.said };
}
const read = (path: string) => readFile(join(root, path), 'utf8');

describe('crm graph', () => {
  it('prints a campaign as Mermaid', async () => {
    const { code, out, err } = await run('graph', 'cart');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^flowchart TD\n {2}n0\(\["Abandoned cart<br\/>on cart_updated/);
    expect(out).toContain('|"reminded 90%"|');
    expect((await run('graph')).out, 'the only campaign there is').toBe(out);
  });

  it('writes a picture where the file is called one, or where it is asked for', async () => {
    expect(await run('graph', 'cart', '-o', 'out/cart.svg')).toEqual({
      code: 0,
      out: '',
      err: 'The graph is in out/cart.svg.\n',
    });
    const picture = await read('out/cart.svg');
    expect(picture).toMatch(/^<svg .*<\/svg>\n$/s);
    expect((await run('graph', 'cart', '--format', 'svg')).out).toBe(picture);
    await run('graph', 'cart', '-o', 'out/cart.mmd');
    expect(await read('out/cart.mmd')).toMatch(/^flowchart TD/);
  });

  it('puts Mermaid between fences in Markdown, and refuses a file of another kind', async () => {
    await run('graph', 'cart', '-o', 'out/cart.md');
    expect(await read('out/cart.md')).toMatch(/^```mermaid\nflowchart TD\n.*\n```\n$/s);
    const { code, err } = await run('graph', 'cart', '-o', 'out/cart.png');
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/cannot be written as png\.\n.*\.svg for a picture/s),
    });
    await expect(read('out/cart.png')).rejects.toThrow();
  });

  it('gives programs nodes and edges', async () => {
    const told = JSON.parse((await run('graph', 'cart', '--json')).out);
    expect(told).toMatchObject({
      format: 1,
      type: 'graph',
      campaigns: [{ campaign: 'cart', title: 'Abandoned cart' }],
    });
    expect(told.campaigns[0].nodes).toContainEqual({
      id: 'n1',
      kind: 'wait',
      step: 'wait-1',
      title: 'wait 2 hours',
      details: [],
    });
  });

  it.each([
    [['graph', 'crat'], 'There is no campaign "crat" in this project.', 'Did you mean "cart"?'],
    [['graph', 'zzzzzz'], 'There is no campaign "zzzzzz"', 'There are: cart.'],
  ])('%j', async (words, says, help) => {
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(says);
    expect(err).toContain(help);
  });
});
