import type * as written from '../../document/document.generated.ts';
import { type Names, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import { scalarChecks } from '../../document/scalars.ts';
import type { Expected } from '../../expression/check.ts';
import type { SetAttributes } from '../../model/campaign.ts';
import type { Field, FieldType } from '../../model/data.ts';
import type { Expression } from '../../model/expression.ts';
import { kindOf, kindWords } from '../../words/kinds.ts';
import { t } from '../../words/t.ts';
import { attributeAt, expressionAt } from '../context.ts';
import { id, stepForm } from './form.ts';
import type { Walk } from './steps.ts';

const assignments: Names = {
  kind: 'names',
  name: 'assignments',
  title: 'the new values',
  of: () => 'given',
  infix: 'to',
  inline: true,
};

export const setForm = () => stepForm('set', () => [id, slot('set', assignments)]);

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

export function buildSet(
  values: Loose<written.Assignments> | undefined,
  place: Place,
  walk: Walk,
  id: string,
): SetAttributes | undefined {
  if (!values) return undefined;
  const built = Object.entries(values).flatMap(([attribute, value]) => {
    const field = attributeAt(
      walk.context,
      attribute,
      place.at(attribute),
      ({ type }) => wanted[type] !== undefined,
      'key',
    );
    const expression = field && buildValue(field, value, place.at(attribute), walk);
    return expression ? [{ attribute, value: expression }] : [];
  });
  return { kind: 'set', id, values: built };
}

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
