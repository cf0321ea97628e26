import { createHash, createPublicKey, verify } from 'node:crypto';

/** Signatures of plans are for nothing else: `ssh-keygen -Y sign -n kaskad-plan`. */
export const namespace = 'kaskad-plan';

/** A signature as `ssh-keygen -Y sign` makes it: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig */
export interface Signature {
  /** The public key that the signature claims, in the base64 of a line of allowed_signers. */
  key: string;
  /** True if the key has signed this text for this namespace. */
  signs(text: string): boolean;
}

/** The armoured signatures in a text, in their order. */
export function armoured(text: string): string[] {
  return text.match(/-----BEGIN SSH SIGNATURE-----[A-Za-z0-9+/=\s]+-----END SSH SIGNATURE-----/g) ?? [];
}

/** Reads an armoured signature by an ed25519 key; undefined: it is another thing. */
export function readSignature(armour: string): Signature | undefined {
  const blob = Buffer.from(armour.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  try {
    return readBlob(blob);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readBlob(blob: Buffer): Signature | undefined {
  if (blob.subarray(0, 6).toString('latin1') !== 'SSHSIG' || blob.readUInt32BE(6) !== 1) return undefined;
  const [key, forWhat, reserved, algorithm, signature] = strings(blob.subarray(10), 5) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const [kind, point] = strings(key, 2) as [Buffer, Buffer];
  const [signedBy, bytes] = strings(signature, 2) as [Buffer, Buffer];
  const hash = algorithm.toString('latin1');
  if (kind.toString('latin1') !== 'ssh-ed25519' || signedBy.toString('latin1') !== 'ssh-ed25519') return undefined;
  if (point.length !== 32 || (hash !== 'sha512' && hash !== 'sha256')) return undefined;
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') },
    format: 'jwk',
  });
  return {
    key: key.toString('base64'),
    signs: (text) => {
      const digest = createHash(hash).update(text).digest();
      const signed = Buffer.concat([Buffer.from('SSHSIG'), ...[forWhat, reserved, algorithm, digest].map(lengthened)]);
      return forWhat.toString('latin1') === namespace && verify(null, signed, publicKey, bytes);
    },
  };
}

/** Reads strings of SSH: each a length of four bytes and so many bytes. Throws RangeError where the bytes end before. */
function strings(bytes: Buffer, count: number): Buffer[] {
  let at = 0;
  return Array.from({ length: count }, () => {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new RangeError('the bytes end within a string');
    const value = bytes.subarray(at + 4, end);
    at = end;
    return value;
  });
}

function lengthened(value: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([length, value]);
}
