import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import type { Comment, Pull } from './forge.ts';
import { Unsure } from './requests.ts';

/** The outcome for the comment. `none`: there is none, and there is nothing to say. */
export type Outcome = 'created' | 'updated' | 'unchanged' | 'none';

/** Returns the text within so many characters, from the one that is there; undefined: there is nothing to say. */
export type Text = (budget: number, earlier: string | undefined) => string | undefined;

/** The number of new beginnings: when the comment is deleted meanwhile, another job is quicker, or an answer is missing. */
const TRIES = 5;
/** A text of so many characters is refused by nobody. */
const LEAST = 4000;

/**
 * Lets a pull request have one comment with this mark, and this text: writes nothing where it has it already. Where a service finds the
 * text too long, it is made again with half of the characters. Of two jobs at once, the older comment stays.
 */
export async function stick(pull: Pull, mark: string, text: Text, budget: number): Promise<Outcome> {
  let most = budget;
  const marked = async () => (await pull.comments()).filter(({ body }) => isMarked(body, mark));
  for (let tries = 0; tries < TRIES; ) {
    const [first, ...others] = await marked();
    for (const { id } of others) await pull.remove(id);
    const body = text(most, first?.body);
    if (body === undefined) return 'none';
    if (first && isSame(first, body)) return 'unchanged';
    const written = await (first ? pull.update(first.id, body) : pull.create(body)).catch(unlessUnsure);
    if (written === 'too-long' && most > LEAST) {
      most = Math.floor(most / 2);
      continue;
    }
    tries++;
    if (written === 'too-long') break;
    if (written === 'gone' || written === 'unsure') continue;
    if (first) return 'updated';
    const [oldest] = await marked();
    if (!oldest || oldest.id === written.id) return 'created';
    await pull.remove(written.id);
  }
  throw new UserError(
    'forge-unreachable',
    t`The comment could not be written to ${pull.name}: each try failed.`,
    t`Run the job again later.`,
  );
}

/** The mark is the last line. Somebody who quotes a comment quotes its mark too. */
function isMarked(body: string, mark: string): boolean {
  return body.trimEnd().split(/\r?\n/).at(-1) === mark;
}

function unlessUnsure(error: unknown): 'unsure' {
  if (error instanceof Unsure) return 'unsure';
  throw error;
}

/** Services change the ends of lines, and drop blanks at the end. */
function isSame({ body }: Comment, text: string): boolean {
  const plain = (one: string) => one.replaceAll('\r\n', '\n').trimEnd();
  return plain(body) === plain(text);
}
