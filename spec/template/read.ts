import type { TemplateCode } from '../diagnostics/codes.ts';
import type { Diagnostic, Range, SourceFile } from '../diagnostics/diagnostic.ts';
import { rangeAt } from '../diagnostics/position.ts';
import { refuse } from '../document/limits.ts';
import { traitsOf } from '../model/channel-kinds.ts';
import { plain, type Template, type TemplatePartial, type TemplateVariant, variantOf } from '../model/template.ts';
import { t, translated } from '../words/t.ts';
import { type Located, splitFront } from './front.ts';
import { type TemplateName, templateName } from './name.ts';
import { parseTemplate } from './parse.ts';

export interface TemplateFiles {
  /** Sorted by name and channel; variants by locale, the one without first. */
  templates: Template[];
  partials: TemplatePartial[];
  /**
   * The first file of each template and partial, by `template.<name>.<channel>` and `partial.<name>`; of a template also where the parts
   * of each text begin, by the locale (`any locale`) and `subject`, `preheader` or `body` behind that.
   */
  origins: Record<string, Range>;
  diagnostics: Diagnostic[];
}

/** Reads all files under `templates/`; others are passed over. A file that cannot be read at all is left out. */
export function readTemplates(files: SourceFile[]): TemplateFiles {
  const templates = new Map<string, Template>();
  const partials = new Map<string, TemplatePartial>();
  const origins: Record<string, Range> = {};
  /** The variants of the first file of each template. */
  const declared = new Map<string, ReadonlyMap<string, Range>>();
  const diagnostics: Diagnostic[] = [];
  for (const file of [...files].sort((a, b) => compare(a.path, b.path))) {
    const name = templateName(file.path);
    if (!name) continue;
    const refusal = refuse(file.path, file.text);
    const beginning = rangeAt(file.path, file.text, 0, 0);
    if (refusal) diagnostics.push(refusal);
    else if (name.is === 'wrong') diagnostics.push(error('CRM3005', name.message, beginning, name.help));
    else if (name.is === 'partial') readPartial(file, name.name);
    else readVariant(file, name);
  }

  function readPartial(file: SourceFile, name: string) {
    const { body } = splitFront(file);
    checkSyntax(body);
    partials.set(name, { name, path: file.path, body: body.text });
    origins[`partial.${name}`] = body.range(0, 0);
  }

  function readVariant(file: SourceFile, { name, channel, locale }: TemplateName & { is: 'template' }) {
    const { values, variants, body, diagnostics: found } = splitFront(file, channel);
    const needed = traitsOf[channel].subject;
    const subject = needed && values[needed.key];
    diagnostics.push(...found);
    if (!subject?.text.trim() && found.length === 0 && needed) {
      const help = t`Begin the file with a line ---, a line \`${needed.key}: …\` and a line ---.`;
      diagnostics.push(error('CRM3004', translated(needed.missing), rangeAt(file.path, file.text, 0, 0), help));
    }
    for (const part of [...Object.values(values), body]) checkSyntax(part);

    const address = `template.${name}.${channel}`;
    const template = templates.get(address) ?? { name, channel, variants: [] };
    const twin = template.variants.find((variant) => variant.locale === locale);
    if (twin) {
      const help = t`${twin.path} is the same template for the same locale; delete one of the two.`;
      diagnostics.push(error('CRM3006', t`The template exists twice`, rangeAt(file.path, file.text, 0, 0), help));
    }
    const sibling = template.variants[0];
    if (!sibling) declared.set(address, variants);
    else checkVariants(variants, declared.get(address) ?? new Map(), { path: sibling.path, file });

    add(address, name, values, undefined);
    for (const [variant, place] of variants) {
      origins[`template.${variantOf(name, variant)}.${channel}`] ??= place;
      add(`template.${variantOf(name, variant)}.${channel}`, variantOf(name, variant), values, variant);
    }

    /** `variant`: whose texts take the place of the template's own. */
    function add(address: string, name: string, values: Record<string, Located>, variant: string | undefined) {
      const own = (key: string) => values[`${variant}.${key}`] ?? values[key];
      const [subject, preheader] = [needed && own(needed.key), own('preheader')];
      const template = templates.get(address) ?? { name, channel, variants: [] };
      const text: TemplateVariant = {
        ...(locale && { locale }),
        path: file.path,
        ...(subject && { subject: subject.text }),
        ...(preheader && { preheader: preheader.text }),
        body: body.text,
      };
      template.variants.push(text);
      template.variants.sort((a, b) => compare(a.locale ?? '', b.locale ?? ''));
      if (variants.size > 0) template.variant ??= { name: variant ?? plain, among: [plain, ...variants.keys()] };
      templates.set(address, template);
      origins[address] ??= rangeAt(file.path, file.text, 0, 0);
      for (const [key, part] of Object.entries({ subject, preheader, body }))
        if (part) origins[`${address}.${locale ?? 'any locale'}.${key}`] = part.range(0, 0);
    }
  }

  /** The draw of a variant must not depend on the locale, so each file has all variants. */
  function checkVariants(
    ours: ReadonlyMap<string, Range>,
    theirs: ReadonlyMap<string, Range>,
    { path, file }: { path: string; file: SourceFile },
  ) {
    for (const name of theirs.keys()) {
      if (ours.has(name)) continue;
      const help = t`Add it to the key \`variants\`: with its texts, or ${name}: {} where they are the same.`;
      const message = t`The variant \`${name}\` is only in ${path}`;
      diagnostics.push(error('CRM3009', message, rangeAt(file.path, file.text, 0, 0), help));
    }
    for (const [name, place] of ours) {
      if (theirs.has(name)) continue;
      const help = t`Add it to the key \`variants\` of ${path} too: with its texts, or ${name}: {} where they are the same.`;
      diagnostics.push(error('CRM3009', t`The variant \`${name}\` is missing in ${path}`, place, help));
    }
  }

  function checkSyntax(part: Located) {
    const parsed = parseTemplate(part);
    if ('problem' in parsed) diagnostics.push(parsed.problem);
  }

  const sorted = [...templates.values()].sort((a, b) => compare(a.name, b.name) || compare(a.channel, b.channel));
  return { templates: sorted, partials: [...partials.values()], origins, diagnostics };
}

function error(code: TemplateCode, message: string, range: Range, help: string): Diagnostic {
  return { code, severity: 'error', message, range, help };
}

/** Compares by code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
