import { join, relative } from 'node:path';
import { createToken, Lexer } from 'chevrotain';
import { parseDocument } from 'yaml';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { loadProject } from '../spec/load.ts';
import type { BenchLine } from './bench.ts';
import { manyCampaigns, type Written } from './many-campaigns.ts';
import { alternate, median } from './measure.ts';
import { runNode } from './process.ts';

/** Compares loading and checking 1,000 campaigns in both surfaces with the bare tools on the same bytes, and measures the start of the command. */
export async function parseBench(count = 1000, rounds = 5): Promise<BenchLine[]> {
  const { yaml, dsl } = manyCampaigns(count);
  return [
    await loading('YAML', 'yaml.parseDocument', yaml, count, rounds, ({ text }) => parseDocument(text)),
    await loading('the DSL', 'a bare Chevrotain lexer', dsl, count, rounds, ({ text }) => lexer.tokenize(text)),
    ...starting(),
  ];
}

/** The least that Chevrotain needs: words, texts, signs, and their positions. */
const lexer = new Lexer(
  [
    createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true }),
    createToken({ name: 'Comment', pattern: /#[^\r\n]*/, group: 'comments' }),
    createToken({ name: 'Text', pattern: /"(?:[^"\\\r\n]|\\.)*"/ }),
    ...['{', '}', '(', ')', ','].map((sign) => createToken({ name: `Sign${sign}`, pattern: sign })),
    createToken({ name: 'Word', pattern: /[^\s{}(),"'#][^\s{}(),"']*/, line_breaks: false }),
  ],
  { positionTracking: 'full', skipValidations: true },
);

async function loading(
  surface: string,
  tool: string,
  { resources, templates }: Written,
  count: number,
  rounds: number,
  bare: (file: SourceFile) => unknown,
): Promise<BenchLine> {
  const ours = async () => {
    // The parsed tree is cached with its file object, so new objects make the files be parsed again.
    const { model, diagnostics } = loadProject([...resources, ...templates].map((file) => ({ ...file })));
    if (model?.campaigns.length !== count) throw new Error(`the project is not fine: ${diagnostics[0]?.message}`);
  };
  const theirs = async () => resources.forEach(bare);
  // Both are warmed up: an editor or a watcher runs the same code again and again.
  await ours();
  await theirs();
  const measured = await alternate(rounds, ours, theirs);
  const texts = resources.map(({ text }) => text);
  const lines = texts.reduce((sum, text) => sum + text.split('\n').length, 0);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return {
    name: `loading and checking ${count} campaigns in ${surface}`,
    ...measured,
    unit: 's',
    note: `loadProject against ${tool} of the same ${resources.length} files: ${lines} lines, ${Math.round(bytes / 1024)} KiB`,
  };
}

/** Measures the CPU time of `crm validate` on this repository's project, built as it is published. */
function starting(rounds = 9): BenchLine[] {
  const root = join(import.meta.dirname, '..');
  const main = join(root, 'dist/cli/main.js');
  const validate = [main, 'validate', '--project', root];
  runNode([join(root, 'scripts/build.mjs')], root);
  // The first run fills the compile cache.
  runNode(validate, root);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < rounds; i++) {
    ours.push(runNode(validate, root).cpu);
    theirs.push(runNode(['-e', '0'], root).cpu);
  }
  const [built, bare] = [median(ours), median(theirs)];
  const note = `CPU of ${relative(root, main)} as a whole process, with the project of this repository, against node -e 0`;
  return [{ name: 'crm validate', ours: built, theirs: bare, unit: 's', note }];
}
