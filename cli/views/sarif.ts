import type { Log, PhysicalLocation, Region, ReportingDescriptor, Result, Fix as SarifFix } from 'sarif';
import { type Code, codes } from '../../spec/diagnostics/codes.ts';
import type { Diagnostic, Fix, Range, Severity, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { explanations } from '../../spec/diagnostics/explanations.generated.ts';

export interface SarifOptions {
  /** The version of Kaskad. */
  version: string;
  files: SourceFile[];
  /** Returns a file's path from the root to which all paths in the log are relative. */
  pathOf(path: string): string;
}

const levels: Record<Severity, Result.level> = { error: 'error', warning: 'warning', info: 'note' };
/** The name that tools agree on for the root of the sources; the reader of the log resolves it. */
const uriBaseId = '%SRCROOT%';

/** Renders diagnostics in the Static Analysis Results Interchange Format 2.1.0. */
export function sarifLog(diagnostics: Diagnostic[], options: SarifOptions): Log {
  const ids = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const marked = new Set(options.files.flatMap(({ path, text }) => (text.startsWith('\uFEFF') ? [path] : [])));
  const places: Places = { pathOf: options.pathOf, marked };
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Kaskad', semanticVersion: options.version, rules: ids.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [uriBaseId]: { description: { text: 'The root of the sources.' } } },
        results: diagnostics.map((diagnostic) => result(diagnostic, ids.indexOf(diagnostic.code), places)),
      },
    ],
  };
}

interface Places {
  pathOf(path: string): string;
  /** The files with a byte order mark, which SARIF does not count as a column. */
  marked: ReadonlySet<string>;
}

function descriptor(id: Code): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: `${codes[id].title}.` },
    fullDescription: { text: explanations[id].why },
    help: { text: `crm explain-code ${id} shows an example, and the same put right.` },
  };
}

function result(diagnostic: Diagnostic, ruleIndex: number, places: Places): Result {
  const { code, severity, message, help, range, rule, fix } = diagnostic;
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: help === undefined ? `${message}.` : `${message}. ${help}` },
    ...(range && { locations: [{ physicalLocation: physicalLocation(range, places) }] }),
    ...(fix && { fixes: [sarifFix(fix, places)] }),
    ...(rule !== undefined && { properties: { rule } }),
  };
}

function physicalLocation(range: Range, places: Places): PhysicalLocation {
  return { artifactLocation: artifact(range.file, places), region: region(range, places) };
}

function sarifFix({ title, edits }: Fix, places: Places): SarifFix {
  const byFile = Map.groupBy(edits, ({ range }) => range.file);
  return {
    description: { text: title },
    artifactChanges: [...byFile].map(([file, mine]) => ({
      artifactLocation: artifact(file, places),
      replacements: mine.map(({ range, text }) => ({
        deletedRegion: region(range, places),
        insertedContent: { text },
      })),
    })),
  };
}

function artifact(file: string, { pathOf }: Places) {
  return { uri: pathOf(file).split('/').map(encodeURIComponent).join('/'), uriBaseId };
}

function region({ file, start, end }: Range, { marked }: Places): Region {
  const column = ({ line, column: found }: Range['start']) =>
    line === 1 && marked.has(file) ? Math.max(1, found - 1) : found;
  return { startLine: start.line, startColumn: column(start), endLine: end.line, endColumn: column(end) };
}
