import { lookup } from '../lookup';
import { awsEngineVersions } from './engines.generated';
import type { AwsEngine, AwsEngineVersion } from './types';

/** Major versions of an engine, oldest first. */
export function awsEngineVersionList(engine: AwsEngine): readonly AwsEngineVersion[] {
  return awsEngineVersions.filter((row) => row.engine === engine);
}

/** One major version of an engine. @throws `CATALOG_NAME_UNKNOWN` with those that there are */
export function awsEngineVersion(engine: AwsEngine, major: string): AwsEngineVersion {
  return lookup(`${engine} version on AWS`, awsEngineVersionList(engine), (row) => row.major)(major);
}
