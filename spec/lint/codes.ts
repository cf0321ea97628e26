import type { LintSeverity } from '../model/model.ts';
import { later } from '../words/t.ts';

interface Described {
  code: string;
  title: string;
  severity: LintSeverity;
}

/** Every lint rule by name: its code, what it finds, and how severe that is where the project says nothing. */
export const lintRules = {
  'unused-ignore': { code: 'CRM5001', title: later`A comment silences nothing`, severity: 'warning' },
  'unreachable-step': { code: 'CRM5010', title: later`A condition always goes the same way`, severity: 'warning' },
  'contradictory-segment': { code: 'CRM5011', title: later`A segment holds nobody, or everybody`, severity: 'warning' },
  'ended-before-branch': { code: 'CRM5012', title: later`A journey ends before it can go on`, severity: 'warning' },
  'yearly-once': { code: 'CRM5013', title: later`A yearly date is kept once`, severity: 'warning' },
  'second-wait': { code: 'CRM5014', title: later`A wait is over at once`, severity: 'warning' },
  'never-comes': { code: 'CRM5015', title: later`A campaign waits for what never comes`, severity: 'warning' },
  'twice-a-day': {
    code: 'CRM5020',
    title: later`A campaign writes to somebody twice within a day`,
    severity: 'warning',
  },
  'no-control-arm': { code: 'CRM5021', title: later`The effect of a campaign cannot be measured`, severity: 'warning' },
  'no-exit-on-purchase': { code: 'CRM5022', title: later`Nothing ends a campaign early`, severity: 'warning' },
  'marketing-without-quiet-hours': { code: 'CRM5023', title: later`Marketing may ring at night`, severity: 'warning' },
  'dearer-first': { code: 'CRM5024', title: later`A cascade tries a dearer channel first`, severity: 'warning' },
  'never-sent': { code: 'CRM5025', title: later`A message can never leave`, severity: 'warning' },
  'nullable-without-fallback': {
    code: 'CRM5030',
    title: later`A text prints what may be missing`,
    severity: 'warning',
  },
  'missing-in-set': { code: 'CRM5031', title: later`A step may empty an attribute`, severity: 'warning' },
  'unused-segment': { code: 'CRM5040', title: later`Nothing asks for a segment`, severity: 'warning' },
  'unused-template': { code: 'CRM5041', title: later`Nothing sends a template`, severity: 'warning' },
  'unused-channel': { code: 'CRM5042', title: later`Nothing uses a channel`, severity: 'warning' },
  'unused-variable': { code: 'CRM5043', title: later`Nothing uses a variable`, severity: 'warning' },
  'campaign-without-test': { code: 'CRM5050', title: later`A campaign has no test`, severity: 'info' },
} as const satisfies Record<string, Described>;

export type LintRule = keyof typeof lintRules;

export const lintCodes: Record<string, string> = Object.fromEntries(
  Object.values(lintRules).map(({ code, title }) => [code, title]),
);

export function isLintRule(name: string): name is LintRule {
  return Object.hasOwn(lintRules, name);
}
