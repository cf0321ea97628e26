import type { Report } from '../../diagnostics/report.ts';
import type { Place } from '../../document/place.ts';
import { t } from '../../words/t.ts';

/** The ids of one campaign's steps: given ones are unique, and derived ones differ from them. */
export class StepIds {
  readonly #taken = new Map<string, Place>();
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  has(id: string): boolean {
    return this.#taken.has(id);
  }

  all(): Iterable<string> {
    return this.#taken.keys();
  }

  /** Registers an id that is written at `place`. */
  given(id: string, place: Place): string {
    const first = this.#taken.get(id);
    if (first) {
      const help = t`The other one stands in line ${String(first.key.start.line)}. Ids are unique within a campaign.`;
      this.#report.error('CRM4010', place.value, t`The id \`${id}\` is taken by another step of this campaign`, help);
    }
    this.#taken.set(id, first ?? place);
    return id;
  }

  /** An id made of a step's kind and position, or of its stage; the place is the step's. */
  derived(id: string, place: Place): string {
    const first = this.#taken.get(id);
    if (!first) {
      this.#taken.set(id, place);
      return id;
    }
    const message = t`The step would be called \`${id}\`, which another one is called already`;
    this.#report.error('CRM4010', first.value, message, t`Give one of them another \`id\`.`);
    return id;
  }
}
