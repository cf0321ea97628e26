import { laterAll } from '../words/t.ts';

/** A finding about one expression; offsets are UTF-16 code units into its text, `end` exclusive. */
export interface Problem {
  /** A key of `expressionCodes`. */
  code: string;
  message: string;
  start: number;
  end: number;
  help?: string;
}

/** Code → one-line title, for the registry of diagnostics. */
export const expressionCodes = laterAll({
  CRM2001: 'An expression does not follow the grammar',
  CRM2002: 'A character has no meaning in an expression',
  CRM2003: 'A string is not closed',
  CRM2004: 'A parenthesis is not closed',
  CRM2005: 'An operator belongs to another language',
  CRM2006: 'An expression is too long or nested too deeply',
  CRM2007: 'A literal cannot be read',
  CRM2008: 'A duration cannot be read',
  CRM2009: 'An expression is empty',
  CRM2010: 'Comparisons are chained',
  CRM2011: 'A pattern cannot be used',
  CRM2012: 'An amount is in another currency',
  CRM2020: 'A customer attribute is unknown',
  CRM2021: 'An event is unknown',
  CRM2022: 'A field of an event is unknown',
  CRM2023: 'A segment is unknown',
  CRM2024: 'A channel is unknown',
  CRM2025: 'A function is unknown',
  CRM2026: 'A name holds letters that only look right',
  CRM2027: 'The trigger has no event',
  CRM2028: 'A list is used as if it were a value, or a value as if it were a list',
  CRM2029: 'An event is used as if it were a value',
  CRM2030: 'RFM scores are not configured',
  CRM2031: 'The name of an item means something else',
  CRM2032: 'A variable is unknown',
  CRM2040: 'A condition is expected',
  CRM2041: 'A number is expected',
  CRM2042: 'Values of different types are compared',
  CRM2043: 'Values without an order are compared by order',
  CRM2044: 'Arithmetic does not fit the types',
  CRM2045: 'The argument of a function does not fit',
  CRM2046: 'An aggregate or a question about a list stands inside another one',
  CRM2047: 'A field does not fit the aggregate',
  CRM2048: 'A question about the customer stands inside one about events',
  CRM2049: 'A string is expected',
  CRM2050: 'A sequence of events is not one',
  CRM2051: 'A share is out of its bounds',
  CRM2060: 'A date or an instant is expected',
} as const satisfies Record<string, string>);

export type ExpressionCode = keyof typeof expressionCodes;

/** Anything with a place in the text: a node, a name, a problem. */
export interface Span {
  start: number;
  end: number;
}

export function problem(code: ExpressionCode, at: Span, message: string, help?: string): Problem {
  return { code, message, start: at.start, end: at.end, ...(help !== undefined && { help }) };
}
