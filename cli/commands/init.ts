import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../../engine/user-error.ts';
import type { Surface } from '../../spec/convert.ts';
import { projectFile, projectFileDsl } from '../../spec/document/project-files.ts';
import { currentLanguage } from '../../spec/words/language.ts';
import { all } from '../../spec/words/many.ts';
import { t, translated } from '../../spec/words/t.ts';
import { choose } from '../choose.ts';
import { exit } from '../exit.ts';
import { askSetting, type GivenSetting, givenSetting } from '../init/ask-setting.ts';
import { type Setting, settingIn, suggested } from '../init/setting.ts';
import { amountsIn, projectName, type Starter, starterFiles, starters } from '../init/starters.ts';
import type { Io } from '../io.ts';
import { remark } from '../say.ts';

export interface InitOptions extends GivenSetting {
  template?: Starter;
  dsl?: boolean;
  yaml?: boolean;
}

type Asker = typeof choose;

/** Files that a repository often has before it has a project. */
const kept = ['README.md', '.gitignore'];

/** Writes a small working project into a folder, completely or not at all. Never overwrites a file. */
export async function init(io: Io, folder: string, options: InitOptions, ask: Asker = choose): Promise<number> {
  const root = resolve(io.cwd, folder);
  await refuseProject(root);
  const wanted = await choices(io, options, ask);
  if (!wanted) {
    remark(io, t`Nothing was written.`);
    return exit.error;
  }
  const files = await starterFiles(wanted.starter, wanted.surface, {
    name: projectName(basename(root)),
    ...wanted.setting,
  });
  const present = await presentOf(root, Object.keys(files));
  const taken = present.filter((path) => !kept.includes(path));
  if (taken.length > 0) throw inTheWay(root, taken);
  for (const [path, text] of Object.entries(files)) if (!present.includes(path)) await write(join(root, path), text);
  await io.out(summary(relative(io.cwd, root), wanted.starter, present));
  if (wanted.starter !== 'empty' && (await amountsIn(wanted.setting)) === undefined)
    remark(
      io,
      t`The prices of the channels and the amounts in the examples are not of ${wanted.setting.currency}: put in what is usual there.`,
    );
  return exit.fine;
}

interface Wanted {
  starter: Starter;
  surface: Surface;
  setting: Omit<Setting, 'name'>;
}

/** Asks for the choices that the options leave open, if there is a terminal. Returns undefined if the user cancelled. */
async function choices({ terminal, env }: Io, options: InitOptions, ask: Asker): Promise<Wanted | undefined> {
  const near = suggested(env);
  // Without `--language`, `--lang` also sets the language of the project.
  const { language } = currentLanguage();
  const given = givenSetting({ ...(language !== near.language && { language }), ...options });
  const list = (Object.keys(starters) as Starter[]).map((value) => ({
    value,
    about: translated(starters[value]),
  }));
  const written = options.dsl ? 'dsl' : options.yaml ? 'yaml' : undefined;
  if (!terminal.stdin || !terminal.stdout)
    return { starter: options.template ?? 'welcome', surface: written ?? 'yaml', setting: settingIn(near, given) };
  const starter = options.template ?? (await ask(t`What is the first campaign to do?`, list));
  const surface = starter && (written ?? (await ask<Surface>(t`How are the files to be written?`, surfaces())));
  const setting = surface && (await askSetting(near, given, ask));
  return setting && { starter, surface, setting };
}

const surfaces = (): { value: Surface; about: string }[] => [
  { value: 'yaml', about: t`which every editor knows` },
  { value: 'dsl', about: t`Kaskad’s own language, shorter; \`crm convert\` turns one into the other` },
];

/** Throws UserError if the folder holds a project, before any question is asked. */
async function refuseProject(root: string): Promise<void> {
  const found = await presentOf(root, [projectFile, projectFileDsl]);
  if (found.length > 0) throw inTheWay(root, found);
}

function inTheWay(root: string, paths: string[]): UserError {
  return new UserError(
    'file-exists',
    t`${root} holds ${paths.join(', ')} already; nothing was written.`,
    t`Choose another folder: \`crm init <folder>\`.`,
  );
}

async function presentOf(root: string, paths: string[]): Promise<string[]> {
  const there = await Promise.all(
    paths.map((path) =>
      stat(join(root, path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return paths.filter((_, i) => there[i]);
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(
      'unwritable-file',
      t`${path} cannot be written (${code}).`,
      t`Choose another folder: \`crm init <folder>\`.`,
    );
  }
}

/** A command line, and a description of what it does. */
type Next = [call: string, does: string];

function summary(way: string, starter: Starter, present: string[]): string {
  const isEmpty = starter === 'empty';
  const steps: Next[] = [
    ['crm validate', t`checks the files`],
    ...(isEmpty
      ? []
      : [
          ['crm test', t`runs the tests of the campaign`] satisfies Next,
          ['crm simulate', t`lives through 30 days with the sample customers`] satisfies Next,
        ]),
    ['crm plan', t`shows what would happen`],
    ['crm apply, crm run', t`make it so`],
  ];
  return [
    whereItIs(way, isEmpty),
    ...(present.length > 0 ? [t`${all(present)} had been there, and stayed as it was.`] : []),
    ...(present.includes('.gitignore') ? [t`Let git ignore .kaskad/ and out/.`] : []),
    t`Next:`,
    ...(way ? [`  cd ${way}`] : []),
    ...steps.map(([call, does]) => `  ${call.padEnd(22)} ${does}`),
    '',
  ].join('\n');
}

function whereItIs(way: string, isEmpty: boolean): string {
  if (isEmpty) return way ? t`An empty project is in ${way}.` : t`An empty project is in this folder.`;
  return way
    ? t`A project with one campaign, its tests and sample customers is in ${way}.`
    : t`A project with one campaign, its tests and sample customers is in this folder.`;
}
