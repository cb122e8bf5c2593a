import { recordRelease } from './releases';

/** `npm run record-release -- 0.1.0`: keeps what this version makes of every example, for the test that no later version replaces any of it. */
const [version = ''] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+(?:-[a-z0-9.]+)?$/.test(version)) {
  console.error('Name the version that is released: npm run record-release -- 0.1.0');
  process.exitCode = 1;
} else {
  console.log(`wrote ${recordRelease(version)}`);
}
