import { join, raw, type Sql } from 'sql-template-tag';
import {
  countedStatuses,
  type EnrolmentStatus,
  type ExitReason,
  enrolmentStatuses,
  exitReasons,
  type FixedReason,
  type MessageStatus,
  messageReasons,
  messageStatuses,
} from '../../spec/model/outcomes.ts';

function literals<Word extends string>(words: string[]): Readonly<Record<Word, Sql>> {
  return Object.fromEntries(words.map((word) => [word, raw(`'${word}'`)])) as Record<Word, Sql>;
}

/** The statuses of messages as literals of SQL; a misspelt one does not compile. */
export const messageStatus = literals<MessageStatus>(Object.keys(messageStatuses));
/** The reasons of messages. */
export const messageReason = literals<FixedReason>(Object.keys(messageReasons));
/** The statuses of enrolments. */
export const enrolmentStatus = literals<EnrolmentStatus>([...enrolmentStatuses]);
/** The reasons for which enrolments end. */
export const exitReason = literals<ExitReason>(Object.keys(exitReasons));

/** The statuses of messages that count for caps and as copies. */
export const counted = join(countedStatuses.map((each) => messageStatus[each]));
