/** A public key in the form that OpenSSH writes. */
export function publicKey(type: string, parts: readonly Uint8Array[], comment: string): string {
  const blob = Buffer.concat([Buffer.from(type), ...parts].map(withLength));
  return [type, blob.toString('base64'), comment].filter((part) => part !== '').join(' ');
}

/** One part of the wire form: four bytes of length and the bytes (RFC 4251, section 5). */
function withLength(part: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}
