import { compile } from '../../engine/compile/compile.ts';
import { RenderError } from '../../engine/delivery/render/renderer.ts';
import { preview as render, shownKinds } from '../../engine/inspect/preview.ts';
import type { Program } from '../../engine/program/program.ts';
import { UserError } from '../../engine/user-error.ts';
import { suggest } from '../../spec/words/suggest.ts';
import { t, translated } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import { findNamed } from '../find-campaign.ts';
import type { Io } from '../io.ts';
import { load, type ProjectOptions } from '../load.ts';
import { openFile } from '../open-file.ts';
import { writeOut } from '../private-file.ts';
import { remark } from '../say.ts';
import { localeOf, type SubjectOptions, subjectOf } from '../subject.ts';
import { type PreviewView, previewJson, previewPage, previewText } from '../views/preview.ts';

export interface PreviewOptions extends ProjectOptions, SubjectOptions {
  channel?: string;
  locale?: string;
  out?: string;
  open?: boolean;
}

/** Shows a template as its recipient would see it. Sends nothing. */
export async function preview(io: Io, template: string, options: PreviewOptions): Promise<number> {
  const { root, model } = await load(io, options);
  const program = compile(model);
  findNamed('template', program.templates, template, 'this project');
  const shown = shownKinds(program, template, options.channel);
  if (shown.length === 0) throw noSuchKind(program, template, options.channel ?? '');
  const locale = localeOf(options.locale);
  const subject = await subjectOf(io, root, program, shown, options);
  const view: PreviewView = {
    template,
    ...subject.origin,
    previews: shown.map((one) => renderOrRefuse(() => render(program, template, one, subject.subject(one), locale))),
  };
  const page = await writeOut(io, options.out, `${template.replaceAll(/[^\w-]+/g, '-')}.html`, previewPage(view));
  if (options.json) await io.out(`${JSON.stringify(previewJson(view, page))}\n`);
  else {
    await io.out(previewText(view, io.view));
    remark(io, `\n${t`The page is ${options.out ?? page}.`}`);
  }
  if (options.open && !(await openFile(io, page)))
    remark(io, t`There is no program here that opens it; open it in a browser.`);
  return exit.fine;
}

function noSuchKind(program: Program, template: string, word: string): UserError {
  const kinds = program.templates.flatMap((each) => (each.name === template ? [each.channel as string] : []));
  const meant = suggest(word, kinds);
  return new UserError(
    'no-message',
    t`The template "${template}" has no text for the channel "${word}".`,
    meant ? t`Did you mean "${meant}"?` : t`It has one for: ${kinds.join(', ')}.`,
  );
}

function renderOrRefuse<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    throw new UserError(
      'no-message',
      `${translated(error.message)}.`,
      t`A template that no campaign sends sees no event: name one by --event, or send it in a campaign.`,
    );
  }
}
