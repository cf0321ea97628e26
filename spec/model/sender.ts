export interface Sender {
  name: string;
  address: string;
}

/**
 * Splits `Name <address>`, or an address alone. A name wholly in quotation marks means what is between them. Undefined:
 * it is neither, or its address has other than ASCII characters before the `@`, which many servers refuse.
 */
export function splitSender(text: string): Sender | undefined {
  const [, name = '', bracketed] = /^([^<>\p{Cc}]*)<([^<>\s]+)>$/u.exec(text.trim()) ?? [];
  const address = bracketed ?? text.trim();
  if (!/^[!-?A-~]+@[^<>@\s,;:"()\\]+$/.test(address) || /[<>,;:"()\\]/.test(address)) return undefined;
  return { name: unquoted(name.trim()), address };
}

function unquoted(name: string): string {
  const [, inner] = /^"((?:[^"\\]|\\.)*)"$/s.exec(name) ?? [];
  return inner === undefined ? name : inner.replaceAll(/\\(.)/gs, '$1');
}
