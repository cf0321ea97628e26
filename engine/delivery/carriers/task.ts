import type { Outgoing } from './carrier.ts';

/** A task as other systems get it. */
export function taskJson({ id, campaign, to, subject, text, at }: Outgoing) {
  return { id, campaign, customer: to, title: subject ?? '', text, decided_at: new Date(at).toISOString() };
}

/** A task as somebody reads it. */
export function taskText({ id, campaign, to, subject, text, at }: Outgoing): string {
  const facts = [
    `Customer: ${to}`,
    `Campaign: ${campaign}`,
    `Date: ${new Date(at).toISOString()}`,
    `Id: ${id}`,
    `Subject: ${subject ?? ''}`,
  ];
  return `${facts.join('\n')}\n\n${text}\n`;
}
