import { UserError } from '../../engine/user-error.ts';
import { codes } from '../../spec/diagnostics/codes.ts';
import { explanations } from '../../spec/diagnostics/explanations.ts';
import { isLintRule, lintRules } from '../../spec/lint/codes.ts';
import { suggest } from '../../spec/words/suggest.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { codeList, explained } from '../views/explain-code.ts';

export interface ExplainCodeOptions {
  json?: boolean;
}

/** Explains a code of a finding: its meaning, its reason and its remedy; without a code, lists all. */
export async function explainCode(io: Io, name: string | undefined, { json }: ExplainCodeOptions): Promise<number> {
  const wanted = name === undefined ? Object.keys(explanations) : [codeOf(name)];
  if (json) await io.out(wanted.map((code) => `${JSON.stringify(jsonOf(code))}\n`).join(''));
  else await io.out(name === undefined ? codeList(io.view) : wanted.map((code) => explained(code, io.view)).join(''));
  return exit.fine;
}

/** `CRM4003`, `crm4003`, `4003`, or the name of a lint rule. */
function codeOf(name: string): string {
  if (isLintRule(name)) return lintRules[name].code;
  const code = /^\d+$/.test(name) ? `CRM${name}` : name.toUpperCase();
  if (Object.hasOwn(explanations, code)) return code;
  const meant = suggest(name, Object.keys(lintRules)) ?? suggest(code, Object.keys(explanations));
  throw new UserError(
    t`There is no code ${name}.`,
    [...(meant === undefined ? [] : [t`Did you mean ${meant}?`]), t`\`crm explain-code\` lists all.`].join(' '),
  );
}

function jsonOf(code: string): Record<string, unknown> {
  const { why, kind, wrong, right } = explanations[code] ?? {};
  const rule = Object.entries(lintRules).find((entry) => entry[1].code === code)?.[0];
  return { type: 'code', code, title: codes[code], ...(rule !== undefined && { rule }), why, kind, wrong, right };
}
