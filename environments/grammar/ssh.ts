import { looksPrivate } from './secret';

/** Types of keys that OpenSSH accepts today (`ssh -Q key`, OpenSSH 9.9), except DSA, which it has given up. */
const sshKeyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
  'ssh-rsa',
] as const;

/** Smallest RSA modulus; `RequiredRSASize` lets shorter keys in (sshd_config(5), OpenSSH 9.9: 1024), NIST SP 800-57 does not. */
const smallestRsaBits = 2048;

/** Why a text is no SSH public key in the form of `authorized_keys`; undefined when it is one. */
export function whyNotPublicKey(text: string): string | undefined {
  if (looksPrivate(text)) return 'never write one here; take the .pub file, and replace this key, which has been copied';
  const [type = '', base64 = ''] = text.split(' ');
  if (!isType(type)) return `it does not begin with one of ${sshKeyTypes.join(', ')}`;
  if (/[\r\n]/.test(text)) return 'it has more than one line';
  const parts = readParts(decode(base64));
  if (parts === undefined) return 'the text after the type is not a whole key in base64';
  if (String.fromCharCode(...(parts[0] ?? [])) !== type) return `the text after the type is another type of key than "${type}"`;
  return whyNotContent(type, parts);
}

/** What tells two keys apart: type and key, without the comment. */
export function sshKeyIdentity(text: string): string {
  return text.split(' ', 2).join(' ');
}

function isType(type: string): boolean {
  return sshKeyTypes.some((known) => known === type);
}

function whyNotContent(type: string, parts: readonly Uint8Array[]): string | undefined {
  if (type === 'ssh-ed25519') return parts.length === 2 && parts[1]?.length === 32 ? undefined : 'an ed25519 key has 32 bytes';
  if (type !== 'ssh-rsa') return parts.length >= 3 ? undefined : 'the key is cut off';
  const bits = stripZeros(parts[2] ?? new Uint8Array()).length * 8;
  if (parts.length !== 3) return 'the key is cut off';
  return bits < smallestRsaBits ? `it is an RSA key of ${bits} bits; ${smallestRsaBits} are the least` : undefined;
}

function stripZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? new Uint8Array() : bytes.slice(first);
}

function decode(base64: string): Uint8Array {
  const strict = base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
  return strict ? Uint8Array.from(Buffer.from(base64, 'base64')) : new Uint8Array();
}

/** Splits the wire form: each part is four bytes of length and that many bytes (RFC 4251, section 5). */
function readParts(bytes: Uint8Array): Uint8Array[] | undefined {
  const parts: Uint8Array[] = [];
  const view = new DataView(bytes.buffer);
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) return undefined;
    parts.push(bytes.slice(at + 4, end));
    at = end;
  }
  return parts.length > 0 ? parts : undefined;
}
