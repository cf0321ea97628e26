import type { Diagnostic, SourceFile } from '../diagnostics/diagnostic.ts';
import { rangeAt } from '../diagnostics/position.ts';
import type { Category } from '../model/campaign.ts';
import { traitsOf } from '../model/channel-kinds.ts';
import type { Template, TemplatePartial, TemplateVariant } from '../model/template.ts';
import { t } from '../words/t.ts';
import { type Located, splitFront } from './front.ts';
import { htmlStart } from './html.ts';
import { offsetOf, parseTemplate } from './parse.ts';
import { type Mistake, rootScope } from './scope.ts';
import { rootShape, type Shape, type TemplateScope } from './shape.ts';
import { type Unit, Walk, type WalkOptions } from './walk.ts';

/** The most findings that are kept of one variant; more are one mistake made many times. */
const maxFindings = 100;

export interface TemplateUse extends TemplateScope {
  /** The category of the campaign that sends it. */
  category?: Category;
}

/**
 * Checks every variant of a template for one use in a campaign. `files` are the project's files, to locate mistakes;
 * texts that `readTemplates` could not parse are passed over. Two uses of a template may give equal diagnostics.
 */
export function checkTemplate(
  template: Template,
  files: SourceFile[],
  partials: TemplatePartial[],
  written: TemplateUse,
): Diagnostic[] {
  const use = withVariants(template, written);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const units = parsePartials(partials, byPath);
  const found = new Map<string, Diagnostic>();
  for (const variant of template.variants) {
    for (const diagnostic of checkVariant(template, variant, byPath.get(variant.path))) {
      const { code, range } = diagnostic;
      const key = `${code} ${range?.file} ${range?.start.offset}`;
      if (!found.has(key)) found.set(key, diagnostic);
    }
  }
  return [...found.values()];

  function checkVariant({ channel }: Template, variant: TemplateVariant, file: SourceFile | undefined): Diagnostic[] {
    const diagnostics: Diagnostic[] = [];
    const parts = partsOf(variant, file ?? { path: variant.path, text: variant.body }, file && channel);
    let unsubscribes = false;
    const options: Omit<WalkOptions, 'seen'> = {
      partials: units,
      partialNames: partials.map(({ name }) => name),
      report: (mistake, unit, node) => {
        if (diagnostics.length < maxFindings) diagnostics.push(diagnosticOf(mistake, unit, node, variant.path));
      },
    };
    const bodySeen = (shape: Shape) => {
      if (shape.kind === 'value' && shape.trusted) unsubscribes = true;
    };
    for (const source of parts.lines) {
      const unit = parse(source);
      // The subject is made before the message, so a preheader does not exist yet.
      if (unit) new Walk(unit, { ...options, seen: () => {} }).run(rootScope(rootShape(use, [])), undefined);
    }
    const body = parse(parts.body);
    if (!body) return diagnostics;
    const { html, front } = traitsOf[channel];
    new Walk(body, { ...options, seen: bodySeen }).run(rootScope(rootShape(use, front)), html && htmlStart);
    if (html && use.category === 'marketing' && !unsubscribes) diagnostics.push(noUnsubscribe(parts.body));
    return diagnostics;
  }
}

/** Returns a scope in which a template also sees which of its variants it is. */
export function withVariants<S extends TemplateScope>({ variant }: Template, scope: S): S {
  return variant ? { ...scope, variants: variant.among } : scope;
}

function partsOf(variant: TemplateVariant, file: SourceFile, channel: Template['channel'] | undefined) {
  const { values, body } = splitFront(file, channel);
  if (channel) return { lines: Object.values(values), body };
  const lines = [variant.subject, variant.preheader].filter((line) => line !== undefined);
  return { lines: lines.map((text): Located => ({ text, range: () => rangeAt(file.path, file.text, 0, 0) })), body };
}

function parsePartials(partials: TemplatePartial[], files: Map<string, SourceFile>): Map<string, Unit> {
  const units = new Map<string, Unit>();
  for (const { name, path, body } of partials) {
    const unit = parse(splitFront(files.get(path) ?? { path, text: body }).body);
    if (unit) units.set(name, unit);
  }
  return units;
}

function parse(source: Located): Unit | undefined {
  const parsed = parseTemplate(source);
  return 'program' in parsed ? { source, program: parsed.program } : undefined;
}

function diagnosticOf(mistake: Mistake, unit: Unit, node: hbs.AST.Node, includedBy: string): Diagnostic {
  const { source } = unit;
  let start = offsetOf(source.text, node.loc.start.line, node.loc.start.column);
  let end = offsetOf(source.text, node.loc.end.line, node.loc.end.column);
  const part = mistake.part ? source.text.slice(start, end).lastIndexOf(mistake.part) : -1;
  if (mistake.part && part !== -1) {
    start += part;
    end = start + mistake.part.length;
  }
  const range = source.range(start, end);
  const included = range.file === includedBy ? undefined : t`(Included by ${includedBy}.)`;
  const help = [mistake.help, included].filter(Boolean).join(' ');
  return { code: mistake.code, severity: 'error', message: mistake.message, range, ...(help && { help }) };
}

function noUnsubscribe(body: Located): Diagnostic {
  return {
    code: 'CRM3024',
    severity: 'warning',
    message: t`The marketing e-mail has no link to unsubscribe`,
    range: body.range(0, 0),
    help: t`Add <a href="{{unsubscribe_url}}">…</a>; mail programs and the law expect one.`,
  };
}
