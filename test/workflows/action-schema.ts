import schema from './action-schema.json' with { type: 'json' };

// GitHub's own schema of action.yml: action-v1.0 of @actions/workflow-parser 0.3.61 (MIT, Copyright GitHub).

interface Mapping {
  properties?: Record<string, string | { type: string; required?: boolean }>;
  'loose-value-type'?: string;
}

interface Definition {
  mapping?: Mapping;
  sequence?: { 'item-type': string };
  'one-of'?: string[];
  'allowed-values'?: string[];
  string?: { constant?: string; 'require-non-empty'?: boolean };
  boolean?: object;
  number?: object;
  null?: object;
}

const definitions = schema.definitions as Record<string, Definition>;

/** Returns what is wrong with a value, and where. */
export function actionFaults(value: unknown, type = 'action-root-strict', at = 'action'): string[] {
  const definition = definitions[type] ?? builtIn(type);
  const { mapping, sequence, 'one-of': kinds, 'allowed-values': values } = definition;
  if (kinds) {
    const each = kinds.map((kind) => actionFaults(value, kind, at));
    return each.some((faults) => faults.length === 0) ? [] : (each.toSorted((a, b) => a.length - b.length)[0] ?? []);
  }
  if (mapping) return mappingFaults(value, mapping, at);
  if (sequence)
    return Array.isArray(value)
      ? value.flatMap((one, i) => actionFaults(one, sequence['item-type'], `${at}[${i}]`))
      : [`${at} is no list`];
  if (values) return values.includes(String(value)) ? [] : [`${at} is none of ${values.join(', ')}`];
  if (definition.boolean || definition.number || definition.null)
    return typeof value === typeof (definition.boolean ? true : definition.number ? 1 : null)
      ? []
      : [`${at} is no ${type}`];
  if (definition.string) return textFaults(value, definition.string, at);
  return type === 'any' ? [] : [`${type} is unknown`];
}

function mappingFaults(value: unknown, { properties = {}, 'loose-value-type': loose }: Mapping, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no mapping`];
  const missing = Object.entries(properties).flatMap(([name, one]) =>
    typeof one === 'object' && one.required && !(name in value) ? [`${at} has no ${name}`] : [],
  );
  const wrong = Object.entries(value).flatMap(([name, part]) => {
    const property = properties[name];
    const type = typeof property === 'object' ? property.type : (property ?? loose);
    return type === undefined ? [`${at} has an unknown ${name}`] : actionFaults(part, type, `${at}.${name}`);
  });
  return [...missing, ...wrong];
}

function textFaults(
  value: unknown,
  { constant, 'require-non-empty': needed }: NonNullable<Definition['string']>,
  at: string,
) {
  // A number or a truth value is read as a text.
  if (!['string', 'number', 'boolean'].includes(typeof value)) return [`${at} is no text`];
  if (constant !== undefined && value !== constant) return [`${at} is not ${constant}`];
  return needed && value === '' ? [`${at} is empty`] : [];
}

function builtIn(type: string): Definition {
  return { [type]: {} };
}
