import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate for one run of the plugin, with the key that belongs to it. Nothing of it is ever written down. */
export interface RunCertificate {
  /** PEM, PKCS 8. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  /** The certificate alone, as go-plugin hands it over: DER in base64 without padding. */
  readonly handshake: string;
}

const HOUR = 3_600_000;

/**
 * Makes a self-signed certificate for `localhost` (ECDSA on P-256, valid from an hour ago for a day). Node can sign but
 * has no way to write X.509, so the few fields are written here (RFC 5280, section 4.1).
 * @param now - in ms since 1970
 */
export function runCertificate(now: number = Date.now()): RunCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = toBeSigned(publicKey.export({ type: 'spki', format: 'der' }), new Date(now - HOUR), new Date(now + 24 * HOUR));
  const der = sequence(body, ECDSA_WITH_SHA256, bitString(sign('sha256', body, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
    handshake: der.toString('base64').replace(/=+$/, ''),
  };
}

function toBeSigned(publicKey: Buffer, from: Date, to: Date): Buffer {
  const serial = tagged(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)]));
  return sequence(
    explicit(0, VERSION_3),
    serial,
    ECDSA_WITH_SHA256,
    NAME,
    sequence(time(from), time(to)),
    NAME,
    publicKey,
    explicit(3, extensions(publicKey)),
  );
}

/** A Terraform plugin is its own authority: the client trusts exactly this certificate, so it must be allowed to sign. */
function extensions(publicKey: Buffer): Buffer {
  const keyId = createHash('sha1').update(publicKey).digest();
  return sequence(
    extension('551d13', sequence(TRUE)),
    extension('551d0f', bitString(Buffer.from([0b1010_0100]), 2)),
    extension('551d25', sequence(oid('2b06010505070301'), oid('2b06010505070302'))),
    extension('551d0e', tagged(0x04, keyId)),
    extension('551d11', sequence(tagged(0x82, Buffer.from('localhost')))),
  );
}

/** An extension is an octet string around its value; none of ours is critical. */
function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tagged(0x04, value));
}

/** One element of DER: its tag, its length, its content. */
function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...length(content.length)]), content]);
}

function length(size: number): readonly number[] {
  if (size < 0x80) return [size];
  return size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function explicit(number: number, content: Buffer): Buffer {
  return tagged(0xa0 + number, content);
}

function bitString(content: Buffer, unusedBits = 0): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([unusedBits]), content]));
}

/** @param hex - the identifier as DER has it */
function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

/** UTCTime, which certificates use up to 2049. */
function time(at: Date): Buffer {
  return tagged(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}

const TRUE = tagged(0x01, Buffer.from([0xff]));
const VERSION_3 = tagged(0x02, Buffer.from([2]));
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const NAME = sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from('localhost')))));
