import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { commandLine } from '../command-line.ts';
import { crm } from '../crm.ts';
import { commonPath, examples } from './pages.ts';

async function said(...words: string[]) {
  const io = testIo('/', { view: { color: false, width: 80 }, errorView: { color: false, width: 80 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const program = commandLine(testIo('/'), () => {});
const commands = program.commands.map((command) => command.name()).filter((name) => !name.startsWith('__'));

describe('crm --help', async () => {
  const { code, out } = await said('--help');
  const lines = out.trimEnd().split('\n');

  it('fits on 80 × 24', () => {
    expect(code).toBe(0);
    // One line is left for the prompt.
    expect(lines.length).toBeLessThan(24);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  });

  it('shows the common path first, in its order', () => {
    const shown = commonPath()
      .map(([name]) => name)
      .filter((name) => commands.includes(name));
    const path = lines.slice(lines.indexOf('The common path:') + 1).slice(0, shown.length);
    expect(path.map((line) => /^ {2}crm (\S+)/.exec(line)?.[1])).toEqual(shown);
  });

  it('has every command, and none that is hidden', () => {
    for (const name of commands) expect(out).toMatch(new RegExp(`\\b${name}\\b`));
    expect(out).not.toContain('__');
    expect(out, 'sorted into groups').not.toContain('  More');
  });

  it('lists the exit codes', () => {
    expect(out).toMatch(/0 fine, 1 .*, 2 .*, 3 .*, 70 /);
  });
});

describe('the help of a command', () => {
  it.each(commands)('%s has an example that the command line takes', async (name) => {
    const own = examples()[name] ?? [];
    expect(own).not.toEqual([]);
    const { code, out: page } = await said('help', name);
    const out = page.replaceAll(/\s+/g, ' ');
    expect(code).toBe(0);
    for (const [call, does] of own) {
      expect(out).toContain(call);
      expect(out).toContain(does);
      const words = / crm (.*?)[)>]|^crm (.*)|\(crm (.*?)\)/.exec(call);
      const [command = '', ...options] = (words?.[1] ?? words?.[2] ?? words?.[3] ?? '').trim().split(' ');
      expect(command).toBe(name);
      const known = program.commands.find((each) => each.name() === command)?.options ?? [];
      for (const flag of options.filter((word) => word.startsWith('-')))
        expect(
          known.some(({ short, long }) => flag === short || flag === long),
          `${flag} in ${call}`,
        ).toBe(true);
    }
  });

  it('is the same by `--help`', async () => {
    expect((await said('help', 'graph')).out).toBe((await said('graph', '--help')).out);
  });
});

describe('a slip', () => {
  it.each([
    [['grph'], 'Did you mean graph?'],
    [['graph', '--fromat', 'svg'], 'Did you mean --format?'],
    [['graph', '--format', 'png'], 'It is one of mermaid, svg.'],
    [['launch'], '`crm launch` needs <campaign>.'],
    [['help', 'grph'], 'Did you mean graph?'],
    [['grph', '--help'], 'Did you mean graph?'],
    [['nosuch', '-h'], 'There is no command "nosuch".'],
  ])('%j', async (words, says) => {
    const { code, out, err } = await said(...words);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(says);
  });
});
