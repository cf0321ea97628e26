import { isScalar, type Node } from 'yaml';
import { doubleQuoted, invisible } from '../words/quoted.ts';

const notText =
  /^(~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;
/** A text as YAML: bare where it can be, else in double quotes, or in single ones where it holds double ones itself. */
export function yamlText(text: string, flow: boolean): string {
  if (isBare(text, flow)) return text;
  if (text.includes('"') && !/['\\]/.test(text) && !invisible.test(text)) return `'${text}'`;
  return doubleQuoted(text);
}

function isBare(text: string, flow: boolean): boolean {
  if (text === '' || text.trim() !== text || invisible.test(text) || notText.test(text)) return false;
  // A minus sign before digits is neither a list nor, without a colon, a time of YAML 1.1.
  if (/^-\d[^:]*$/.test(text)) return !(/\s#/.test(text) || (flow && /[,[\]{}]/.test(text)));
  if (/^[-?:,[\]{}#&*!|>'"%@`=]/.test(text) || /:(\s|$)|\s#/.test(text)) return false;
  return !(flow && /[,[\]{}]/.test(text));
}

/** Returns a number as it is written, if it is one that the program cannot hold. */
export function sourceOfNumber(node: Node | null | undefined): string | undefined {
  if (!isScalar(node) || typeof node.value !== 'number') return undefined;
  return Math.abs(node.value) <= Number.MAX_SAFE_INTEGER ? undefined : (node.source ?? String(node.value));
}
