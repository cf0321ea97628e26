import type { Erasure } from '../../engine/consent/erase.ts';
import { t } from '../../spec/words/t.ts';
import { many, printable } from './format.ts';
import { customersWords } from './suppression.ts';

/** Returns the effects of an erasure, in words. */
export function eraseWords(id: string, { enrolments, messages, others }: Erasure): string {
  const shown = printable(id);
  const effect =
    enrolments + messages === 0
      ? t`Customer ${shown}: no journey is under way, and no message waits.`
      : t`Customer ${shown}: ${endsWords(enrolments)}, ${staysWords(messages)}.`;
  const known = t`Everything that tells who it was is removed from the store, and this cannot be undone. Counts stay, and hashes of the id and the addresses: nothing is read of the customer again, and nothing is sent to the addresses.`;
  const silenced = others.length === 0 ? [] : [t`Nothing is sent to ${sharingWords(others)}.`];
  return `${[effect, known, ...silenced].join('\n')}\n`;
}

function endsWords(n: number): string {
  return n === 1 ? t`${many(n, 'journey')} under way ends` : t`${many(n, 'journey')} under way end`;
}

function staysWords(n: number): string {
  return n === 1 ? t`${many(n, 'message')} does not leave any more` : t`${many(n, 'message')} do not leave any more`;
}

/** Warns that customers who share the address become suppressed on every channel, because an entry on `*` is about the person. */
function sharingWords(others: string[]): string {
  return others.length === 1
    ? t`${customersWords(others)} either, who shares an address, on any channel; \`crm suppression lift\` of the customer ends that`
    : t`${customersWords(others)} either, who share an address, on any channel; \`crm suppression lift\` of each ends that`;
}

/** Returns the result of an erasure, in words. `others`: the customers who share an address. `before`: when it happened, if not now. */
export function erasedWords(
  id: string,
  { others, recalls }: { others: string[]; recalls: number },
  before?: string,
): string {
  const shown = printable(id);
  const listed = recalls === 0 ? [] : [t`Removed from ${many(recalls, 'list')} of \`crm recall\`.`];
  const lines =
    before === undefined
      ? [
          t`Erased customer ${shown}. Remove the customer from the data files too.`,
          ...(others.length === 0 ? [] : [t`From now on nothing is sent to ${sharingWords(others)}.`]),
        ]
      : [t`Customer ${shown} was erased already, ${before}; nothing has changed.`];
  return `${[...lines, ...listed].join('\n')}\n`;
}

/** Returns the answer of `crm explain` about an erased customer. */
export function erasedStory(id: string, at: string): string {
  return `${t`Customer ${printable(id)} was erased ${at}. Nothing else is known.`}\n`;
}
