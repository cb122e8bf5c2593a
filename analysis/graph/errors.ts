import { TerraceError } from '../../values/errors';

/** The input is JSON, but not of the kind that was asked for. */
export function notTerraformJson(expected: string, hint: string): TerraceError {
  return new TerraceError('GRAPH_WRONG_DOCUMENT', `This is not ${expected}. ${hint}`, [], 2);
}

/** A plan or state written by a Terraform that is newer than what is understood here. */
export function newerFormat(document: string, given: string, known: string): TerraceError {
  const older = Number.parseInt(given, 10) < Number.parseInt(known, 10);
  const cure = older
    ? `Write the ${document} with Terraform 1.0 or later, or OpenTofu.`
    : `Update Terrace, or write the ${document} with an older Terraform.`;
  const text = `The ${document} has format version ${given}; this release reads ${known}.x. ${cure}`;
  return new TerraceError('GRAPH_NEWER_FORMAT', text, [], 2);
}

/** Two resources with one address: no figure about them could be trusted. */
export function duplicateAddress(address: string): TerraceError {
  return new TerraceError('GRAPH_DUPLICATE_ADDRESS', `The address ${address} occurs twice. Each resource needs its own address.`, [], 2);
}
