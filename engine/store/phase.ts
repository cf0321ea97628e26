import sql from 'sql-template-tag';

/** The phases of an enrolment at its step, as `enrolment.phase` has them. */
export const phase = {
  /** The customer has just reached the step. */
  arrived: sql`0`,
  /** The customer waits there until `due_at`. */
  waiting: sql`1`,
  /** The customer waited for an event or a reaction, and it has happened. */
  reached: sql`2`,
};
