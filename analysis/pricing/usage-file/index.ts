import type { Problem } from '../../../values/errors';
import { usageFileNotValid } from '../errors';
import { reportInto } from './figures';
import { isInfracost, readInfracost } from './infracost';
import { readOwn } from './own';
import { noUsageFile } from './resolve';
import type { UsageFile } from './types';
import { readYaml } from './yaml';

export { joinUsage, noUsageFile, resolveUsage } from './resolve';
export type { ResolvedUsage } from './resolve';
export type { UsageFile, UsageRule } from './types';

/**
 * Reads a usage file, in our form or in Infracost's.
 * @param shown what places in it begin with: its path
 * @throws TerraceError PRICING_USAGE_FILE_NOT_VALID with everything that is wrong, each with file:line:column
 */
export function readUsageFile(text: string, shown: string): UsageFile {
  const { root, problems } = readYaml(text.replace(/^\uFEFF/, ''), shown);
  if (problems.length > 0) throw usageFileNotValid(shown, problems);
  if (root === undefined) return noUsageFile;
  if (root.kind !== 'map')
    throw usageFileNotValid(shown, [
      {
        code: 'PRICING_USAGE_FILE_SYNTAX',
        where: root.where,
        message: 'the file holds no mapping. Begin with "resources:" or, in Infracost\'s form, with "resource_usage:".',
      },
    ]);
  const found: Problem[] = [];
  const file = (isInfracost(root.entries) ? readInfracost : readOwn)(root.entries, reportInto(found));
  if (found.length > 0) throw usageFileNotValid(shown, found);
  return file;
}
