import { laterAll } from '../words/t.ts';
import { codes as table } from './codes.generated.ts';

type Table = typeof table;
export type Code = keyof Table;

type CodeIn<Group> = { [C in Code]: Table[C]['group'] extends Group ? C : never }[Code];
export type ExpressionCode = CodeIn<'conditions'>;
export type TemplateCode = CodeIn<'templates'>;

export type LintRule = Extract<Table[Code], { rule: string }>['rule'];

interface Described {
  title: string;
  group: keyof typeof groups;
  /** The name of the lint rule, by which a project sets its severity or silences it. */
  rule?: LintRule;
  /** The severity of a lint rule where the project sets none. */
  severity?: 'warning' | 'info';
}

/** Every code that a finding can have; a file of `spec/diagnostics/codes/` describes each. A code never gets another meaning. */
export const codes: Readonly<Record<Code, Described>> = table;

/** The titles of the groups of codes, in the order of lists. */
export const groups = laterAll({
  files: 'How files are written',
  values: 'Values',
  conditions: 'Conditions',
  templates: 'Templates',
  names: 'How things fit together',
  tests: 'Tests of campaigns',
  lint: 'Lint',
} as const);

export function isCode(text: string): text is Code {
  return Object.hasOwn(codes, text);
}

export const allCodes = Object.keys(codes).filter(isCode);

interface Lint {
  code: Code;
  title: string;
  severity: 'warning' | 'info';
}

/** Every lint rule by name, in the order of their codes. */
export const lintRules = Object.fromEntries(
  allCodes.flatMap((code) => {
    const { rule, title, severity } = codes[code];
    return rule && severity ? [[rule, { code, title, severity }]] : [];
  }),
) as Readonly<Record<LintRule, Lint>>;

export function isLintRule(name: string): name is LintRule {
  return Object.hasOwn(lintRules, name);
}
