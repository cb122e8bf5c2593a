import { inflateRawSync } from 'node:zlib';

/** Where a plan file keeps the configuration it was made from (a zip archive; `m-` is the root module). */
const CONFIGURATION = 'tfconfig/m-/cdk.tf.json';

const CENTRAL_ENTRY = 0x02014b50;
const CENTRAL_END = 0x06054b50;
const STORED = 0;

/**
 * The synthesized configuration that a plan was made from. It names the state backend, the tier and everything else, so
 * that a plan can be told from one of another environment or of an older commit: the JSON of a plan says neither.
 * Source: the layout Terraform 1.1 and later write (internal/plans/planfile); an encrypted OpenTofu plan cannot be read.
 * @returns undefined when the file cannot be read as such an archive
 */
export function configurationInPlan(file: Buffer): string | undefined {
  try {
    const entry = entries(file).find(({ name }) => name === CONFIGURATION);
    return entry === undefined ? undefined : unpack(file, entry).toString('utf8');
  } catch {
    return undefined;
  }
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly size: number;
  readonly offset: number;
}

/** Reads the archive's directory, which stands at its end (PKWARE APPNOTE 6.3, sections 4.3.12 and 4.3.16). */
function entries(file: Buffer): readonly Entry[] {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || file.readUInt32LE(end) !== CENTRAL_END) return [];
  const found: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0 && file.readUInt32LE(at) === CENTRAL_ENTRY; left -= 1) {
    const nameLength = file.readUInt16LE(at + 28);
    found.push({
      name: file.toString('utf8', at + 46, at + 46 + nameLength),
      method: file.readUInt16LE(at + 10),
      size: file.readUInt32LE(at + 20),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return found;
}

function unpack(file: Buffer, { offset, size, method }: Entry): Buffer {
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  const packed = file.subarray(start, start + size);
  return method === STORED ? packed : inflateRawSync(packed);
}
