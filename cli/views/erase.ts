import type { Erasure } from '../../engine/erase/erase.ts';
import { many, printable } from './format.ts';
import { customersWords } from './suppression.ts';

/** Returns the effects of an erasure, in words. */
export function eraseWords(id: string, { enrolments, messages, others }: Erasure): string {
  const nothing = `Customer ${printable(id)}: no journey is under way, and no message waits.`;
  const ends = `${many(enrolments, 'journey')} under way ${enrolments === 1 ? 'ends' : 'end'}`;
  const stays = `${many(messages, 'message')} ${messages === 1 ? 'does' : 'do'} not leave any more`;
  return `${enrolments + messages === 0 ? nothing : `Customer ${printable(id)}: ${ends}, ${stays}.`}
Everything that tells who it was is removed from the store, and this cannot be undone. Counts stay, and hashes
of the id and the addresses: nothing is read of the customer again, and nothing is sent to the addresses.
${others.length > 0 ? `Nothing is sent to ${sharingWords(others)}.\n` : ''}`;
}

/** An entry on `*` is about the person, so customers who share the address are suppressed on every channel. */
function sharingWords(others: string[]): string {
  const [share, lift] = others.length === 1 ? ['shares', 'the customer'] : ['share', 'each'];
  return `${customersWords(others)} either, who ${share} an address, on any channel; \`crm suppression lift\` of ${lift} ends that`;
}

/** `others`: who shares an address. `before`: when it happened, if not now. */
export function erasedWords(id: string, others: string[], before?: string): string {
  if (before !== undefined) return `Customer ${printable(id)} was erased already, ${before}; nothing has changed.\n`;
  const silenced = others.length > 0 ? `From now on nothing is sent to ${sharingWords(others)}.\n` : '';
  return `Erased customer ${printable(id)}. Remove the customer from the data files too.\n${silenced}`;
}

/** For `crm explain`. */
export function erasedStory(id: string, at: string): string {
  return `Customer ${printable(id)} was erased ${at}. Nothing else is known.\n`;
}
