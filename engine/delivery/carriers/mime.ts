import { domainToASCII } from 'node:url';
import type { SendMailOptions } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type Sender, splitSender } from '../../../spec/model/sender.ts';
import type { Outgoing } from './carrier.ts';

/** The sender of e-mails in files where the channel names none; RFC 822 requires one. */
const nobody: Sender = { name: '', address: 'nobody@localhost' };

/**
 * Returns an e-mail as nodemailer takes it. Every byte follows from the message, so that a receiver recognises one that it
 * gets twice.
 */
export function mailOptions(message: Outgoing): SendMailOptions {
  const from = splitSender(message.from ?? '') ?? nobody;
  return {
    from,
    // An object: a comma in a text would separate several recipients.
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

/** Returns the e-mail as a file holds it. */
export function writeMime(message: Outgoing): Promise<Buffer> {
  return new MailComposer(mailOptions(message)).compile().build();
}

/** Returns the Message-ID; a header holds ASCII only, hence the domain in its ASCII form. */
function messageId(id: string, address: string): string {
  const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || 'localhost';
  return `<${id.replaceAll(/[^\w.-]/g, '-')}@${domain}>`;
}

/** Returns the headers of RFC 8058, which allows one click by HTTPS only. */
function unsubscribeHeaders({ unsubscribe, category }: Outgoing): Record<string, string> {
  if (category !== 'marketing' || unsubscribe === undefined) return {};
  const header = { 'List-Unsubscribe': `<${URL.parse(unsubscribe)?.href ?? encodeURI(unsubscribe)}>` };
  if (!unsubscribe.startsWith('https:')) return header;
  return { ...header, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
