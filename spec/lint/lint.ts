import type { Contents } from '../constructs/contents.ts';
import { type LintRule, lintRules } from '../diagnostics/codes.ts';
import type { Diagnostic, SourceFile } from '../diagnostics/diagnostic.ts';
import { distinct } from '../diagnostics/sorting.ts';
import type { LintSeverity, Model, Origins } from '../model/model.ts';
import { type Ignore, ignoresIn, unusedIgnore } from './ignores.ts';
import type { Finding } from './rule.ts';
import { rules } from './rules.ts';

/** A project as `loadProject` gives it. A project with errors has no model, and gets no findings. */
export interface Linted {
  model?: Model;
  origins: Origins;
  contents: Contents;
}

/**
 * Returns what is right but hardly meant, as diagnostics by file and position. How severe each rule is, and whether it is asked
 * at all, is up to the project; a comment in the line above silences a single finding.
 */
export function lint(files: SourceFile[], { model, origins, contents }: Linted): Diagnostic[] {
  if (!model) return [];
  const severityOf = (rule: LintRule): LintSeverity => model.lint?.[rule] ?? lintRules[rule].severity;
  const ignores = files.flatMap(ignoresIn);
  const used = new Set<Ignore>();
  const silenced = (rule: LintRule, { range }: Finding): boolean => {
    const by = ignores.filter((one) => one.rule === rule && one.file === range?.file && one.line === range.start.line);
    for (const one of by) used.add(one);
    return by.length > 0;
  };
  const found = rules.flatMap(({ name, check }) => {
    const severity = severityOf(name);
    if (severity === 'off') return [];
    const findings = check({ model, origins, contents, files });
    return findings
      .filter((finding) => !silenced(name, finding))
      .map((finding) => diagnosticOf(name, severity, finding));
  });
  const severity = severityOf('unused-ignore');
  // A rule that is off finds nothing, so that its ignores cannot be judged.
  const isOff = ({ rule }: Ignore) => Object.hasOwn(lintRules, rule) && severityOf(rule as LintRule) === 'off';
  const left = severity === 'off' ? [] : ignores.filter((one) => !used.has(one) && !isOff(one));
  const about = left.flatMap((one) =>
    severity === 'off' ? [] : [diagnosticOf('unused-ignore', severity, unusedIgnore(one))],
  );
  return distinct([...found, ...about]);
}

function diagnosticOf(
  rule: LintRule,
  severity: Exclude<LintSeverity, 'off'>,
  { range, message, help, fix }: Finding,
): Diagnostic {
  const { code } = lintRules[rule];
  return { code, severity, message, ...(range && { range }), help, rule, ...(fix && { fix }) };
}
