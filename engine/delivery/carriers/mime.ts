import { domainToASCII } from 'node:url';
import type { SendMailOptions } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type Sender, splitSender } from '../../../spec/model/sender.ts';
import type { Outgoing } from './carrier.ts';

/** The sender of e-mails written to files by a channel that names none; RFC 822 requires one. */
const nobody: Sender = { name: '', address: 'nobody@localhost' };

/**
 * An e-mail as nodemailer takes it. Every byte follows from the message, so that sending it again is recognisable
 * as the same.
 */
export function mail(message: Outgoing): SendMailOptions {
  const from = splitSender(message.from ?? '') ?? nobody;
  return {
    from,
    // As an object: a list in the address would otherwise be several recipients.
    to: { name: '', address: message.to },
    subject: message.subject ?? '',
    date: new Date(message.at),
    messageId: messageId(message.id, from.address),
    headers: unsubscribeHeaders(message),
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    baseBoundary: message.id,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The e-mail as a file holds it. */
export function writeMime(message: Outgoing): Promise<Buffer> {
  return new MailComposer(mail(message)).compile().build();
}

/** A header has ASCII only, hence the domain in its ASCII form. */
function messageId(id: string, address: string): string {
  const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || 'localhost';
  return `<${id.replaceAll(/[^\w.-]/g, '-')}@${domain}>`;
}

/** RFC 8058: one click only by HTTPS. */
function unsubscribeHeaders({ unsubscribe, category }: Outgoing): Record<string, string> {
  if (category !== 'marketing' || unsubscribe === undefined) return {};
  const header = { 'List-Unsubscribe': `<${URL.parse(unsubscribe)?.href ?? encodeURI(unsubscribe)}>` };
  if (!unsubscribe.startsWith('https:')) return header;
  return { ...header, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
