/** A mistake, as it is written on each surface where it can be made. */
export interface BadInput {
  name: string;
  yaml?: Files;
  dsl?: Files;
  /** `--env`. */
  env?: string;
  /** Looks strange, and must be accepted; or is accepted in the DSL alone. */
  fine?: true | 'dsl';
}

/** Contents by path, beside the shop's; or of the only file of resources. Bytes, where they are no text. */
export type Files = string | Uint8Array | Record<string, string | Uint8Array>;

/** In the same words on both surfaces but for what is around them. */
export function both(name: string, yaml: Files, dsl: Files, more: Partial<BadInput> = {}): BadInput {
  return { name, yaml, dsl, ...more };
}

export const where = (name: string, condition: string, more: Partial<BadInput> = {}) =>
  both(name, `segments:\n  s:\n    where: ${condition}\n`, `segment s { where ${condition} }\n`, more);

export const campaignYaml = (lines: string) => `campaigns:\n  c:\n${indented(lines, '    ')}`;
export const campaignDsl = (lines: string) => `campaign c {\n${indented(lines, '  ')}}\n`;

function indented(lines: string, by: string): string {
  return lines.replaceAll(/^(?=.)/gm, by).replace(/\n?$/, '\n');
}
