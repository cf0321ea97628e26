import type { Database } from '../database.ts';
import { tablesWithoutNumber } from './0001-tables-without-number.ts';
import { documentsOfDeployments } from './0002-documents-of-deployments.ts';
import { scoresOfScales } from './0003-scores.ts';
import { auditLog } from './0004-audit-log.ts';
import { forecastsOfDeployments } from './0005-forecasts-of-deployments.ts';
import { shiftedPauses } from './0006-shifted-pauses.ts';
import { crossedGuardrails } from './0007-crossed-guardrails.ts';
import { feedbackOfMessages } from './0008-feedback-of-messages.ts';

/** One step from a version of the store's tables to the next. What it does is frozen once a version of Kaskad has it. */
export interface Migration {
  /** The number of the store when the migration is done. */
  number: number;
  /**
   * Runs in a transaction of its own, on both databases. Changes tables first and rows then: DuckDB refuses to change a
   * table whose rows were updated in the same transaction.
   */
  run(db: Database): Promise<void>;
}

export const migrations: readonly Migration[] = [
  tablesWithoutNumber,
  documentsOfDeployments,
  scoresOfScales,
  auditLog,
  forecastsOfDeployments,
  shiftedPauses,
  crossedGuardrails,
  feedbackOfMessages,
];

/** The version of the store's tables that this version of Kaskad reads and writes. */
export const NEWEST = migrations.length;
