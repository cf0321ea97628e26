import { readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { compile } from '../../engine/compile/compile.ts';
import { type Checked, checkFiles } from '../../engine/data/import/check.ts';
import { sheetKey, type Wishes } from '../../engine/data/import/guess.ts';
import {
  type Proposal,
  type ImportOptions as ProposeOptions,
  proposeImport,
  sourcesOf,
  type Ungiven,
} from '../../engine/data/import/import.ts';
import { UserError } from '../../engine/user-error.ts';
import { type Declarations, declare } from '../../spec/declare.ts';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { namesIn } from '../../spec/names/names.ts';
import { t } from '../../spec/words/t.ts';
import { confirm, hasNobodyToAsk } from '../confirm.ts';
import { exit } from '../exit.ts';
import { Faulty } from '../faulty.ts';
import { type Language, languages } from '../init/setting.ts';
import { SIMULATED_FROM, sampleFiles } from '../init/starters.ts';
import type { Io } from '../io.ts';
import { environmentOf, type Loaded, load, type ProjectOptions } from '../load.ts';
import { progress } from '../progress.ts';
import { remark, say } from '../say.ts';
import { renderImport, type Use } from '../views/import.ts';
import { writeWhole } from '../write.ts';

export interface ImportOptions extends ProjectOptions {
  as?: string[];
  name?: string[];
  sheet?: string[];
  yes?: boolean;
}

/** Examines data files, shows what they seem to hold and what would be lost, asks for approval, and declares them in the project. */
export async function importFiles(io: Io, paths: string[], options: ImportOptions, ask = confirm): Promise<number> {
  const { root, model, files } = await load(io, options);
  const inProject = (path: string) => relative(root, resolve(io.cwd, path)).replaceAll(sep, '/');
  const wanted = [...new Set(paths.map(inProject))];
  for (const path of wanted) await refuseMissing(root, path);
  const wishes = wishesOf(options, wanted, inProject);
  const without = await inventedSources(root, model);
  const { timezone: zone, currency } = model.project;
  const reading = { root, at: io.now(), zone, currency };
  const imports = { program: compile(model), reading, wishes, without, sheets: options.sheet ?? [] };
  const { proposal, changes, after, checked } = await understand(io, { model, files }, wanted, imports, options);
  const uses = usesOf(proposal.ungiven, after);
  const tell = async (written: boolean) => {
    if (options.json) await io.out(`${JSON.stringify(factsOf(proposal, checked, uses, changes, written))}\n`);
  };
  if (!options.json) await io.out(renderImport(proposal, checked, uses, reading.zone, io.view));
  if (proposal.files.length === 0) {
    await tell(false);
    return proposal.left.every(({ path }) => isDeclared(model, path)) ? exit.fine : exit.error;
  }
  const names = changes.map(({ path }) => path).join(', ');
  if (hasNobodyToAsk(io, { autoApprove: options.yes, json: options.json })) {
    await tell(false);
    remark(io, t`Nothing was written, because there is nobody to ask: add --yes.`);
    return exit.changes;
  }
  if (!options.yes && !(await ask(t`Write this to ${names}?`))) {
    await say(io, t`Nothing was written.`);
    return exit.error;
  }
  for (const { path, text } of changes) await writeWhole(join(root, path), text);
  await tell(true);
  if (!options.json) await say(io, t`Written to ${names}. Next: crm validate, crm plan`);
  return exit.fine;
}

/** Guesses the contents of files, and reads them as the project would declare them. Throws Faulty if the project would have errors. */
async function understand(
  io: Io,
  { model, files }: Pick<Loaded, 'model' | 'files'>,
  paths: string[],
  imports: ProposeOptions,
  options: ImportOptions,
) {
  const shown = progress(io, t`looking at the files`);
  try {
    const proposal = await proposeImport(paths, model, imports);
    const changes = changed(files, proposal);
    const after = files.map((file) => changes.find(({ path }) => path === file.path) ?? file);
    const read = loadProject(after, environmentOf(io, options));
    if (!read.model) throw new Faulty(read.diagnostics, after);
    const onReading = (share: number) => shown.at(t`reading the files`, share);
    const checked = await checkFiles(
      proposal.files,
      compile(read.model),
      imports.reading,
      proposal.customers,
      onReading,
    );
    return { proposal, changes, after, checked };
  } finally {
    shown.end();
  }
}

async function refuseMissing(root: string, path: string): Promise<void> {
  const facts = await stat(join(root, path)).catch(() => undefined);
  if (facts?.isFile()) return;
  throw new UserError(
    'unreadable-file',
    facts ? t`${path} is not a file.` : t`${path} does not exist.`,
    t`Name the data files that the shop’s programs have exported.`,
  );
}

function wishesOf({ as = [], name = [] }: ImportOptions, paths: string[], inProject: (path: string) => string): Wishes {
  const kinds = as.flatMap((wish): [string, string][] => {
    const at = wish.lastIndexOf('=');
    const kind = at < 0 ? wish : wish.slice(at + 1);
    const meant = /^(?:customer|suppression|consents)$/i.test(kind) ? kind.toLowerCase() : undefined;
    if (meant !== undefined) {
      const right = meant === 'consents' ? 'consent' : `${meant}s`;
      throw new UserError('wrong-call', t`"${wish}" names no kind of data.`, t`Did you mean ${right}?`);
    }
    if (!isName(kind)) throw new UserError('wrong-call', t`"${wish}" names no kind of data.`, kindsHelp());
    if (at < 0) return paths.map((path) => [path, kind]);
    const [, file = '', sheet] = /^(.*\.xlsx)#(.+)$/i.exec(wish.slice(0, at)) ?? [undefined, wish.slice(0, at)];
    const path = inProject(file);
    if (paths.includes(path)) return [[sheet === undefined ? path : sheetKey(path, sheet), kind]];
    throw new UserError('wrong-call', t`--as names ${path}, which is not imported.`, t`Name it among the files too.`);
  });
  const names = name.map((wish): [string, string] => {
    const at = wish.lastIndexOf('=');
    const word = wish.slice(at + 1);
    if (at > 0 && (word === '' || isName(word))) return [wish.slice(0, at), word];
    throw new UserError(
      'wrong-call',
      t`--name does not understand "${wish}".`,
      t`Write the column, = and a name of Latin letters, digits and underscores, as in --name "Дата рождения=birthday"; with nothing after = the column is left out.`,
    );
  });
  return { as: new Map(kinds), names: new Map(names) };
}

const kindsHelp = () =>
  t`Write customers, consent, suppressions or the name of an event, as in --as orders.csv=order_paid.`;

function isName(word: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,47}$/.test(word);
}

/** Returns the sources whose files are still as `crm init` wrote them. */
async function inventedSources(root: string, model: Model): Promise<string[]> {
  const samples = await Promise.all((Object.keys(languages) as Language[]).map(sampleFiles));
  const found = await Promise.all(
    samples
      .flatMap((files) => Object.entries(files))
      .map(async ([path, text]) => {
        const there = await readFile(join(root, path), 'utf8').catch(() => undefined);
        return there === text && isDeclared(model, path) ? [path] : [];
      }),
  );
  return [...new Set(found.flat())];
}

function isDeclared(model: Model, path: string): boolean {
  return sourcesOf(model).some((source) => source.path === path);
}

function changed(files: SourceFile[], { files: found, declarations }: Proposal): SourceFile[] {
  if (found.length === 0) return [];
  const added: Declarations = {
    ...declarations,
    ...(declarations.without.length > 0 && { withoutStart: SIMULATED_FROM }),
  };
  return declare(files, added);
}

function usesOf(ungiven: Ungiven[], files: SourceFile[]): Use[] {
  const mentions = files.flatMap((file) => namesIn(file).map((mention) => ({ file, mention })));
  return ungiven.map((one) => {
    const { kind, name, owner } = one;
    const places = mentions
      .filter(
        ({ mention }) =>
          mention.role === 'use' &&
          mention.kind === kind &&
          mention.name === name &&
          (owner === undefined || mention.owner === owner),
      )
      .map(({ file, mention }) => `${file.path}:${file.text.slice(0, mention.start).split('\n').length}`);
    return { what: ungivenWords(one), places: [...new Set(places)] };
  });
}

function ungivenWords({ kind, name, owner = '' }: Ungiven): string {
  switch (kind) {
    case 'attribute':
      return t`attribute ${name}`;
    case 'event':
      return t`event ${name}`;
    case 'field':
      return t`field ${name} of ${owner}`;
  }
}

function factsOf(
  { files, left, declarations, ungiven }: Proposal,
  checked: Checked[],
  uses: Use[],
  changes: SourceFile[],
  written: boolean,
) {
  return {
    format: 1,
    type: 'import',
    written,
    files: files.map((file, i) => ({ ...file, checked: checked[i] })),
    left,
    removed: declarations.without,
    ungiven: ungiven.map((one, i) => ({ ...one, places: uses[i]?.places ?? [] })),
    changes: changes.map(({ path, text }) => ({ path, text })),
  };
}
