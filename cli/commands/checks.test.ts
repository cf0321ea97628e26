import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const golden = join(import.meta.dirname, '../../test/golden/lint');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crm-checks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(words: string, cwd = folder, env: Record<string, string> = {}) {
  const io = testIo(cwd, { env });
  const code = await crm(words.split(' '), io);
  return { code, ...io.said };
}

function project(surface: 'yaml' | 'dsl', into = folder): void {
  cpSync(join(golden, surface), into, { recursive: true });
  rmSync(join(into, 'expected.txt'));
}

const file = (path: string) => readFileSync(join(folder, path), 'utf8');

describe('crm validate', () => {
  it('shows what lint has to remark; what the project calls an error lets it fail', async () => {
    project('yaml');
    const failed = await run('validate');
    expect(failed.code).toBe(1);
    expect(failed.out).toContain('error CRM5024');
    expect(failed.out).toMatch(/1 error, 15 warnings and 3 notes in 5 files\n$/);
    writeFileSync(join(folder, 'crm.yaml'), file('crm.yaml').replace('dearer-first: error', 'dearer-first: warning'));
    const passed = await run('validate');
    expect(passed.code).toBe(0);
    expect(passed.out).toMatch(
      /2 campaigns, 3 segments, 3 templates: fine, with 16 warnings and 3 notes in 5 files\n$/,
    );
  });

  it.each(['sarif', 'github', 'junit'])('speaks %s, with paths from the repository', async (format) => {
    project('yaml', join(folder, 'shop'));
    const { code, out } = await run(`validate --format ${format}`, join(folder, 'shop'), { GITHUB_WORKSPACE: folder });
    expect(code).toBe(1);
    const starts = { sarif: '{\n  "$schema"', github: '::warning file=shop/', junit: '<?xml' }[format];
    expect(out.startsWith(starts ?? '?')).toBe(true);
    expect(out).toContain('shop/campaigns/all.crm.yaml');
    expect(out).not.toContain(folder);
    if (format === 'sarif') expect(JSON.parse(out).runs[0].results).toHaveLength(19);
    if (format === 'github') expect(out.trim().split('\n')).toHaveLength(19);
    if (format === 'junit') expect(out).toContain('failures="1"');
  });

  it('speaks JSON by either name, with fixes, and not two languages at once', async () => {
    project('dsl');
    const [one, other] = [await run('validate --json'), await run('validate --format json')];
    expect(other).toEqual(one);
    const lines = one.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toEqual({ type: 'summary', format: 1, fine: false, errors: 1, warnings: 15, notes: 3 });
    expect(lines.find(({ rule }) => rule === 'unused-variable')).toMatchObject({
      fix: { title: 'Remove the variable `discount`', edits: [{ file: 'project.crm', text: '' }] },
    });
    const both = await run('validate --json --format sarif');
    expect(both.code).toBe(1);
    expect(both.err).toContain('--format and --json cannot be used together');
  });
});

describe('crm lint', () => {
  it.each(['yaml', 'dsl'] as const)('fixes what it can: %s', async (surface) => {
    project(surface);
    const own = surface === 'yaml' ? 'crm.yaml' : 'project.crm';
    const all = surface === 'yaml' ? 'campaigns/all.crm.yaml' : 'campaigns/all.crm';
    const { code, out, err } = await run('lint --fix');
    expect(code).toBe(1);
    expect(err).toBe('4 findings put right in 2 files.\n');
    for (const done of [
      `${own}:1 Add quiet hours from 21:00 to 09:00 (marketing-without-quiet-hours)`,
      'Remove the variable `discount` (unused-variable)',
      'Remove the segment `buyers` (unused-segment)',
      'Remove the comment (unused-ignore)',
    ]) {
      expect(out).toContain(done);
    }
    expect(file(own)).toContain('quiet_hours');
    expect(file(own)).not.toContain('Nobody knows any more');
    expect(file(all)).not.toMatch(/buyers|Bought something|kaskad-ignore twice-a-day/);
    expect(file(all)).toContain('kaskad-ignore no-control-arm');
    expect(out).toContain('error CRM5024');
    const again = await run('lint --fix');
    expect(again.err).toBe('');
    expect(again.out).not.toContain('fix:');
  });

  it('reports only the errors of a project with errors', async () => {
    project('yaml');
    writeFileSync(join(folder, 'campaigns/wrong.crm.yaml'), 'segments: { x: { where: cty == 1 } }\n');
    const before = file('crm.yaml');
    const { code, out, err } = await run('lint --fix');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('CRM2020');
    expect(file('crm.yaml')).toBe(before);
  });
});

describe('crm explain-code', () => {
  it('explains a code, with an example', async () => {
    const { code, out } = await run('explain-code CRM4009');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^CRM4009 The shares of a split do not sum to 100%\n\nEvery customer .*\n.*\n\nWrong:\n {2}campaigns:/,
    );
    expect(out).toContain('\n\nRight:\n  campaigns:');
  });

  it.each([
    ['crm4009', 'CRM4009'],
    ['4009', 'CRM4009'],
    ['twice-a-day', 'CRM5020'],
  ])('knows %s', async (word, code) => {
    expect((await run(`explain-code ${word}`)).out).toContain(code);
  });

  it.each([
    ['CRM4099', 'Did you mean CRM4009?'],
    ['twice-the-day', 'Did you mean twice-a-day?'],
    ['nonsense-altogether', '`crm explain-code` lists all.'],
  ])('does not know %s', async (word, help) => {
    const { code, err } = await run(`explain-code ${word}`);
    expect(code).toBe(1);
    expect(err).toContain(help);
  });

  it('lists all codes, and gives them as JSON', async () => {
    const { out } = await run('explain-code');
    expect(out).toContain('Lint\n  CRM5001  A comment silences nothing\n');
    const lines = (await run('explain-code --json')).out.trim().split('\n');
    expect(lines.length).toBe(out.match(/CRM\d{4}/g)?.length);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      type: 'code',
      code: 'CRM5050',
      rule: 'campaign-without-test',
    });
  });
});
