import type * as written from '../../document/document.generated.ts';
import { type Names, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import { scalarChecks } from '../../document/scalars.ts';
import type { Expected } from '../../expression/check.ts';
import { printExpression } from '../../expression/print.ts';
import type { SetAttributes } from '../../model/campaign.ts';
import type { Field, FieldType } from '../../model/data.ts';
import type { Expression } from '../../model/expression.ts';
import { kindOf, kindWords } from '../../words/kinds.ts';
import { t } from '../../words/t.ts';
import { attributeAt, expressionAt } from '../context.ts';
import { id, type StepKind, stepForm, type Walk } from './step.ts';

const assignments: Names = {
  kind: 'names',
  name: 'assignments',
  title: 'the new values',
  of: () => 'given',
  infix: 'to',
  inline: true,
};

/** The result that the expression of a new value must have; a text is given as it is, and a list cannot be. */
const wanted: Record<FieldType, Expected | 'text' | undefined> = {
  string: 'text',
  email: 'text',
  phone: 'text',
  timezone: 'text',
  locale: 'text',
  country: 'text',
  integer: 'number',
  number: 'number',
  money: 'number',
  boolean: 'condition',
  date: 'date',
  instant: 'instant',
  list: undefined,
};

type Value = string | number | boolean | undefined;

/** `set: { tier: gold }`. */
export const set: StepKind<SetAttributes> = {
  word: 'set',
  form: () => stepForm('set', () => [id, slot('set', assignments)]),
  build(step: Loose<written.SetStep>, place, walk, id) {
    if (!step.set) return undefined;
    const at = place.at('set');
    const values = Object.entries(step.set).flatMap(([attribute, value]) => {
      const fits = ({ type }: Field) => wanted[type] !== undefined;
      const field = attributeAt(walk.context, attribute, at.at(attribute), fits, 'key');
      const expression = field && buildValue(field, value, at.at(attribute), walk);
      return expression ? [{ attribute, value: expression }] : [];
    });
    return { kind: 'set', id, values };
  },
  write: (step, id) => ({
    ...id,
    set: Object.fromEntries(step.values.map(({ attribute, value }) => [attribute, writtenValue(value)])),
  }),
  picture: (step) => ({
    shape: 'change',
    title: t`set`,
    details: step.values.map(({ attribute, value }) => `${attribute} = ${printExpression(value)}`),
  }),
};

function buildValue(field: Field, value: Value, place: Place, walk: Walk): Expression | undefined {
  const { report, doubt } = walk.context;
  const expected = wanted[field.type];
  if (doubt.about(field.name)) return undefined;
  if (expected === undefined) {
    const message = t`\`${field.name}\` is a list, and lists cannot be set`;
    report.error('CRM4030', place.key, message, t`A list comes with the data of the customers.`);
    return undefined;
  }
  if (value === undefined) return undefined;
  const built =
    expected === 'text'
      ? textValue(field, value, place, walk)
      : expressionAt(walk.context, String(value), place, walk.event, expected);
  if (built?.kind !== 'literal' || !field.pii) return built;
  const message = t`\`${field.name}\` is personal data, which does not stand in files`;
  report.error(
    'CRM4032',
    place.value,
    message,
    t`It comes with the data of the customers. Or write \`pii: false\` there.`,
  );
  return undefined;
}

function textValue({ name, type }: Field, value: Value, place: Place, { context }: Walk): Expression | undefined {
  if (typeof value !== 'string') {
    const message = t`\`${name}\` is a text, not ${kindWords(kindOf(value))}`;
    context.report.error('CRM1012', place.value, message, t`Put it in quotes: "${String(value)}".`);
    return undefined;
  }
  const complaint = type === 'timezone' || type === 'locale' ? scalarChecks[type]?.(value) : undefined;
  if (complaint) {
    context.report.error(
      complaint.code,
      place.value,
      t`\`${value}\` cannot be the ${type} \`${name}\``,
      complaint.help,
    );
    return undefined;
  }
  return { kind: 'literal', type: 'string', value };
}

/** A text is written as it is; what looks like a number is one, unless it is a text. */
function writtenValue(value: Expression): string | number | boolean {
  if (value.kind !== 'literal') return printExpression(value);
  if (value.type === 'string' || typeof value.value === 'boolean') return value.value;
  const text = printExpression(value);
  return String(Number(text)) === text ? Number(text) : text;
}
