/** The kinds of the examples of an explanation. */
export type ExampleKind =
  /** A file of resources in YAML. */
  | 'yaml'
  /** A part of crm.yaml. */
  | 'project'
  /** A file of resources in the DSL. */
  | 'dsl'
  /** A condition of a campaign that an order starts. */
  | 'condition'
  /** The text of an e-mail, below its front matter. */
  | 'body'
  /** An e-mail's file as a whole. */
  | 'email'
  /** A command, in a project with the environment `staging`. */
  | 'shell';

/** A text, or texts by the paths of their files. */
export type Example = string | Readonly<Record<string, string>>;

export interface Explanation {
  /** The meaning of the finding, and what would go wrong. */
  why: string;
  kind: ExampleKind;
  /** Gives the code. */
  wrong: Example;
  /** The same put right. */
  right: Example;
}

const explanation =
  (kind: ExampleKind) =>
  (why: string, wrong: Example, right: Example): Explanation => ({ why, kind, wrong, right });

export const yaml = explanation('yaml');
export const project = explanation('project');
export const dsl = explanation('dsl');
export const condition = explanation('condition');
export const body = explanation('body');
export const email = explanation('email');
export const shell = explanation('shell');
