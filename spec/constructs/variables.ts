import type * as written from '../document/document.generated.ts';
import type { WrittenEnvironment } from '../document/environment.ts';
import type { Names } from '../document/forms.ts';
import type { Place } from '../document/place.ts';
import { unknownVariable, type Variables, type VariableValue, variableIn } from '../document/variables.ts';
import type { Model } from '../model/model.ts';
import { type JsonKind, kindOf, kindWords } from '../words/kinds.ts';
import { holdsSecret } from '../words/readings.ts';
import { t } from '../words/t.ts';
import type { Entry } from './contents.ts';
import type { Context } from './context.ts';

export const variablesForm: Names = { kind: 'names', name: 'variables', title: 'the variables', of: () => 'literal' };

/** The variables' own values, and the values that environments replace them by, whichever is chosen. */
export function checkVariables(
  entries: Entry<written.Variable>[],
  environments: WrittenEnvironment[],
  context: Context,
): void {
  for (const { value, place } of entries) if (value !== undefined) checkValue(value, place, context);
  for (const { value, place } of environments) {
    for (const [name, other] of Object.entries(value.variables ?? {})) {
      const at = place.at('variables', name);
      const own = entries.find((entry) => entry.name === name);
      if (!own) unknownIn(name, at, context);
      if (other === undefined) continue;
      checkValue(other, at, context);
      if (own?.value !== undefined && typeof own.value !== typeof other && variableIn(other) === undefined) {
        const [is = '', was = ''] = [other, own.value].map((one) => kindWords(kindOfVariable(one)));
        const help = t`Write ${was}, or make the variable itself ${is}: what uses it is checked for one kind.`;
        context.report.error('CRM4061', at.value, t`\`${name}\` is ${is} here, and ${was} in the project`, help);
      }
    }
  }
}

/** Whole numbers are numbers like others. */
function kindOfVariable(value: VariableValue): JsonKind {
  const kind = kindOf(value);
  return kind === 'integer' ? 'number' : kind;
}

function unknownIn(name: string, place: Place, { variables, report }: Context): void {
  unknownVariable(name, place, variables, report, 'key');
}

function checkValue(value: VariableValue, place: Place, { report }: Context): void {
  const other = variableIn(value);
  if (other !== undefined) {
    const [text, escaped] = [`$${other}`, `$$${other}`];
    const help = t`Write the value itself. If the text \`${text}\` is meant, write \`${escaped}\`.`;
    report.error('CRM4060', place.value, t`A variable cannot stand for another one`, help);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    report.error('CRM4060', place.value, t`A variable must be a number that can be counted with`, t`Write its digits.`);
  }
  if (typeof value === 'string' && holdsSecret(value)) {
    const help = t`Put it into the environment and write \`env:NAME\` here; then change the password.`;
    report.error('CRM4015', place.value, t`A password stands in the file`, help);
  }
}

/** Returns the values of the variables by name. */
export function valuesOf(entries: Entry<written.Variable>[], { values }: Variables): Model['variables'] {
  const known = entries.flatMap(({ name }): [string, VariableValue][] => {
    const value = values.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(known);
}
