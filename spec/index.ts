/** The language alone: texts in, findings and a Model out. Pure, and quick to load: no database, no network, no clock. */
export { type Converted, convertFile, type Surface } from './convert.ts';
export type { Diagnostic, Edit, Fix, Position, Range, Severity, SourceFile } from './diagnostics/diagnostic.ts';
export { type Formatted, formatFile } from './format.ts';
export { lint } from './lint/lint.ts';
export { type Loaded, loadProject } from './load.ts';
export type { Model, Origins } from './model/model.ts';
