/** Bytes in whole megabytes, as a sentence names them: `256 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
