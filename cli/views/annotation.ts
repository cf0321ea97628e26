import type { Diagnostic, Severity } from '../../spec/diagnostics/diagnostic.ts';
import { printable } from './format.ts';

/** Something that is said beside a line of a file, where a service shows a change. */
export interface Annotation {
  severity: Severity;
  title: string;
  message: string;
  help?: string;
  /** Lines and columns count from 1. */
  range?: { file: string; start: Place; end: Place };
}

interface Place {
  line: number;
  column: number;
}

/** Returns findings as annotations. */
export function annotationOf({ severity, code, rule, message, help, range }: Diagnostic): Annotation {
  return {
    severity,
    title: rule === undefined ? code : `${code} ${rule}`,
    message,
    ...(help !== undefined && { help }),
    ...(range && { range }),
  };
}

/** Returns the message and the remedy, a line each; logs are also read in terminals. */
export function annotationText({ message, help }: Annotation): string {
  return printable([message, ...(help === undefined ? [] : [help])]).join('\n');
}
