import { type Document, isAlias, isNode, type Node, visit } from 'yaml';
import type { Diagnostic, SourceFile } from './diagnostics/diagnostic.ts';
import { createReport } from './diagnostics/report.ts';
import type { ParsedFile } from './document/parsed-file.ts';
import { Place } from './document/place.ts';
import { projectFile, projectFileDsl } from './document/project-files.ts';
import { Remarks } from './document/remarks.ts';
import { fileDefinition } from './document/schema.ts';
import { checkStructure } from './document/structure.ts';
import { printCrm } from './dsl/print.ts';
import { readCrm } from './dsl/read.ts';
import { yamlRemarks } from './yaml/comments.ts';
import { mayHoldAlias } from './yaml/meaningless.ts';
import { printYaml } from './yaml/print.ts';
import { readYaml, type YamlReading } from './yaml/yaml.ts';

export type Surface = 'dsl' | 'yaml';
export type Converted = { file: SourceFile; diagnostics?: undefined } | { file?: undefined; diagnostics: Diagnostic[] };

/** Returns the surface in which a file of resources is written. */
export function surfaceOf(path: string): Surface {
  return path.endsWith('.crm') ? 'dsl' : 'yaml';
}

/** Returns the same resources on the other surface, under the matching path; or what is wrong with the file. Comments stay. */
export function convertFile(file: SourceFile): Converted {
  // Aliases are written out in the tree itself, so it must not be shared.
  const own = mayHoldAlias.test(file.text) ? { ...file } : file;
  const tree = surfaceOf(file.path) === 'dsl' ? readCrm(file) : withRemarks(readYaml(own));
  if (!tree.file || tree.diagnostics.length > 0) return { diagnostics: tree.diagnostics };
  const report = createReport();
  checkStructure(fileDefinition, tree.file.value ?? {}, new Place(tree.file), report);
  if (report.diagnostics.length > 0) return { diagnostics: report.diagnostics };
  const { document } = tree.file;
  const path = otherPath(file.path);
  if (surfaceOf(path) === 'yaml') return { file: { path, text: printYaml(document.contents, tree.remarks) } };
  writeOut(document);
  forEditors(tree.remarks, document.contents);
  return { file: { path, text: printCrm(document.contents, tree.remarks) } };
}

export function otherPath(path: string): string {
  if (path === projectFile) return projectFileDsl;
  if (path === projectFileDsl) return projectFile;
  return surfaceOf(path) === 'dsl' ? `${path}.yaml` : path.replace(/\.yaml$/, '');
}

function withRemarks(reading: YamlReading): { file?: ParsedFile; remarks: Remarks; diagnostics: Diagnostic[] } {
  const { file, diagnostics } = reading;
  return file
    ? { file, remarks: yamlRemarks(file, reading.comments), diagnostics }
    : { remarks: new Remarks(), diagnostics };
}

/** Replaces aliases by what they refer to: the DSL has none. */
function writeOut(document: Document): void {
  visit(document, {
    Alias(_key, alias) {
      const found = alias.resolve(document);
      return isNode(found) ? (found.clone() as Node) : undefined;
    },
  });
}

/** Removes the line by which editors find the schema: it has no meaning in the DSL. */
function forEditors(remarks: Remarks, root: Node | null): void {
  const isFor = (line: string) => /^\s*yaml-language-server:/.test(line);
  remarks.header = remarks.header.filter((line) => !isFor(line));
  visit(root, (_key, node) => {
    if (!isNode(node) || isAlias(node)) return;
    const remark = remarks.get(node);
    if (remark) remark.before = remark.before.filter((line) => !isFor(line));
  });
}
