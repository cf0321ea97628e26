import { UserError } from '../../engine/user-error.ts';
import { allCodes, type Code, codes, isCode, isLintRule, lintRules } from '../../spec/diagnostics/codes.ts';
import { explanations } from '../../spec/diagnostics/explanations.generated.ts';
import { suggest } from '../../spec/words/suggest.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { renderCode, renderCodes } from '../views/explain-code.ts';

export interface ExplainCodeOptions {
  json?: boolean;
}

/** Explains a diagnostic code: its meaning, its reason and its remedy. Lists all codes if none is given. */
export async function explainCode(io: Io, name: string | undefined, { json }: ExplainCodeOptions): Promise<number> {
  const wanted = name === undefined ? allCodes : [codeOf(name)];
  if (json) await io.out(wanted.map((code) => `${JSON.stringify(jsonOf(code))}\n`).join(''));
  else
    await io.out(name === undefined ? renderCodes(io.view) : wanted.map((code) => renderCode(code, io.view)).join(''));
  return exit.fine;
}

/** Returns the code for `CRM4003`, `crm4003`, `4003`, or the name of a lint rule. */
function codeOf(name: string): Code {
  if (isLintRule(name)) return lintRules[name].code;
  const code = /^\d+$/.test(name) ? `CRM${name}` : name.toUpperCase();
  if (isCode(code)) return code;
  const meant = suggest(name, Object.keys(lintRules)) ?? suggest(code, allCodes);
  throw new UserError(
    'unknown-name',
    t`There is no code ${name}.`,
    [...(meant === undefined ? [] : [t`Did you mean ${meant}?`]), t`\`crm explain-code\` lists all.`].join(' '),
  );
}

function jsonOf(code: Code): Record<string, unknown> {
  const { why, kind, wrong, right } = explanations[code];
  const { title, rule } = codes[code];
  return { type: 'code', code, title, ...(rule !== undefined && { rule }), why, kind, wrong, right };
}
