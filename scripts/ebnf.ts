import type { GrammarRule, Production } from './productions.ts';

const width = 100;

/** Returns a rule as EBNF, over several lines where it is long. */
export function printRule({ name, production }: GrammarRule): string {
  const line = `${name} = ${flat(production)} ;`;
  return line.length <= width ? line : `${name} =\n${lead(production, '  ')}${breakRule(production, '  ')} ;`;
}

function flat(production: Production): string {
  switch (production.kind) {
    case 'word':
      return `"${production.text}"`;
    case 'name':
      return production.name;
    case 'sequence':
      return production.parts.map((part) => (part.kind === 'choice' ? `( ${flat(part)} )` : flat(part))).join(' ');
    case 'choice':
      return production.of.map(flat).join(' | ');
    case 'optional':
      return `[ ${flat(production.of)} ]`;
    case 'many':
      return `{ ${flat(production.of)} }`;
  }
}

/** Returns a rule with a line for each of its choices. */
function breakRule(production: Production, indent: string): string {
  const inner = `${indent}  `;
  const around = (open: string, of: Production, close: string) =>
    `${open}\n${lead(of, inner)}${fitRule(of, inner)}\n${indent}${close}`;
  switch (production.kind) {
    case 'sequence':
      return production.parts
        .map((part) => (part.kind === 'choice' && isLong(part) ? around('(', part, ')') : fitRule(part, indent)))
        .join(' ');
    case 'choice':
      return production.of.map((one) => fitRule(one, inner)).join(`\n${indent}| `);
    case 'optional':
      return around('[', production.of, ']');
    case 'many':
      return around('{', production.of, '}');
    default:
      return flat(production);
  }
}

/** Aligns the first of several choices with the others, which follow a bar. */
function lead(production: Production, indent: string): string {
  return production.kind === 'choice' ? `${indent}  ` : indent;
}

function fitRule(production: Production, indent: string): string {
  return isLong(production) ? breakRule(production, indent) : flat({ kind: 'sequence', parts: [production] });
}

function isLong(production: Production): boolean {
  return flat(production).length > width - 20;
}
