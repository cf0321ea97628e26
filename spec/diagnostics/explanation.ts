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
  /** Has the finding. */
  wrong: Example;
  /** The same, corrected. */
  right: Example;
  /** Title and reason in Russian. */
  ru: { title: string; why: string };
}
