import { writtenModel, writtenTree } from './constructs/written.ts';
import type { Surface } from './convert.ts';
import type { SourceFile } from './diagnostics/diagnostic.ts';
import type { CrmFile } from './document/document.generated.ts';
import { projectFile, projectFileDsl } from './document/project-files.ts';
import { printCrm } from './dsl/print.ts';
import type { Model } from './model/model.ts';
import { plain, type Template, type TemplateVariant, variantOf } from './model/template.ts';
import { printYaml, printYamlPart } from './yaml/print.ts';

/** Returns the parts of a Model that run, without what only readers of the files need. */
export function runningPart({ lint: _, ...model }: Model): Model {
  return { ...model, cascades: [], tests: [] };
}

/** Returns the document of a Model as files: its resources in one, and its templates. Loading them gives an equal Program. */
export function documentFiles(model: Model, surface: Surface): SourceFile[] {
  const text = printFile(writtenModel(runningPart(model)), surface);
  const file = { path: surface === 'dsl' ? projectFileDsl : projectFile, text };
  const written = model.templates.filter(({ variant }) => !variant || variant.name === plain);
  const texts = written.flatMap((template) =>
    template.variants.map((text) => ({ path: text.path, text: templateText(text, template, model) })),
  );
  return [file, ...texts, ...model.partials.map(({ path, body }) => ({ path, text: body }))];
}

/** Returns resources as the text of a file. */
export function printFile(file: CrmFile, surface: Surface): string {
  const tree = writtenTree(file);
  return surface === 'dsl' ? printCrm(tree) : printYaml(tree);
}

/** Returns the surface of a project: that of the file that describes it. */
export function surfaceOfProject(files: readonly SourceFile[]): Surface {
  return files.some(({ path }) => path === projectFileDsl) ? 'dsl' : 'yaml';
}

/** `text`: that of a template for one locale. */
function templateText(text: TemplateVariant, { name, channel, variant }: Template, { templates }: Model): string {
  const subject = channel === 'push' ? 'title' : 'subject';
  // A text in JSON is one in YAML.
  const line = (key: string, written: string | undefined) =>
    written === undefined ? [] : [`${key}: ${JSON.stringify(written)}`];
  const others = variant?.among.filter((other) => other !== plain) ?? [];
  const variants = others.map((other) => {
    const named = templates.find((one) => one.name === variantOf(name, other) && one.channel === channel);
    const own = named?.variants.find(({ path }) => path === text.path);
    const differs = (key: 'subject' | 'preheader') => (own?.[key] === text[key] ? undefined : own?.[key]);
    return `  ${other}: { ${[...line(subject, differs('subject')), ...line('preheader', differs('preheader'))].join(', ')} }`;
  });
  const front = [
    ...line(subject, text.subject),
    ...line('preheader', text.preheader),
    ...(variants.length > 0 ? ['variants:', ...variants] : []),
  ];
  if (front.length === 0 && !/^\uFEFF|^---/.test(text.body)) return text.body;
  return `${['---', ...front, '---'].join('\n')}\n${text.body}`;
}

/**
 * Returns a part of a document as it is written on a surface. `path`: the keys that lead to it from the top of a file;
 * `definition`: its name in the schema.
 */
export function printPart(surface: Surface, path: readonly string[], definition: string, value: unknown): string {
  const yaml = () => printYamlPart(nodeOf(value), definition);
  if (surface === 'yaml') return yaml();
  // A step, or what a key of it holds: the statement of the step.
  const inStep = path[0] === 'campaigns' && path[2] === 'steps' && path.length === 5 ? path[4] : undefined;
  if (definition === 'step') return printStep(value) ?? yaml();
  if (inStep) return printStep({ [inStep]: value }, inStep) ?? yaml();
  if (path.length > 3) return yaml();
  const file = [...path].reverse().reduce<unknown>((inner, name) => ({ [name]: inner }), value);
  return unwrapped(printCrm(nodeOf(file)), path.at(-1)) ?? yaml();
}

/** Returns the statement of a step, without its `word` where that is given. */
function printStep(step: unknown, word?: string): string | undefined {
  const text = unwrapped(printCrm(nodeOf({ campaigns: { x: { steps: [step] } } })));
  if (text === undefined || word === undefined) return text;
  return text.startsWith(`${word} {\n`) ? unwrapped(text) : text.slice(word.length + 1);
}

function nodeOf(value: unknown) {
  return writtenTree(value as Parameters<typeof writtenTree>[0]);
}

/** Returns the statements between the braces of one, without the word that begins them; undefined where there are none. */
function unwrapped(text: string, word?: string): string | undefined {
  const lines = text.trimEnd().split('\n');
  const inner =
    lines[0]?.endsWith(' {') && lines.at(-1) === '}' ? lines.slice(1, -1).map((line) => line.slice(2)) : lines;
  const bare = inner.map((line) => {
    // `cap daily max 2`: the name of the statement, too.
    const at = word === undefined ? -1 : ` ${line}`.indexOf(` ${word} `);
    return at < 0 || line.slice(0, at).trim().includes(' ') ? line : line.slice(at + (word ?? '').length + 1);
  });
  return bare.join('\n') || undefined;
}
