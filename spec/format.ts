import { type Document, isAlias, visit } from 'yaml';
import type { Diagnostic, SourceFile } from './diagnostics/diagnostic.ts';
import { printCrm } from './dsl/print.ts';
import { readCrm } from './dsl/read.ts';
import { yamlRemarks } from './yaml/comments.ts';
import { printYaml } from './yaml/print.ts';
import { readYaml } from './yaml/yaml.ts';

export type Formatted = { text: string; diagnostics?: undefined } | { text?: undefined; diagnostics: Diagnostic[] };

/** Returns a file of resources in its canonical form, with its comments, or why it cannot be read. Formatting again changes nothing. */
export function formatFile(file: SourceFile): Formatted {
  return file.path.endsWith('.crm') ? formatCrm(file) : formatYaml(file);
}

function formatCrm(file: SourceFile): Formatted {
  const { file: tree, remarks, diagnostics } = readCrm(file);
  return tree && diagnostics.length === 0 ? { text: printCrm(tree.document.contents, remarks) } : { diagnostics };
}

function formatYaml(file: SourceFile): Formatted {
  const reading = readYaml(file);
  const { file: tree, diagnostics } = reading;
  if (!tree) return { diagnostics };
  const remarks = yamlRemarks(tree, reading.comments);
  return { text: printYaml(tree.document.contents, remarks, !repeats(tree.document)) };
}

/** Returns true if the document has aliases, so that the order of its parts matters. */
function repeats(document: Document): boolean {
  let found = false;
  visit(document, (_key, node) => {
    if (!isAlias(node)) return undefined;
    found = true;
    return visit.BREAK;
  });
  return found;
}
