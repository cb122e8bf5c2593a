import Module, { createRequire } from 'node:module';

/**
 * CDKTF loads an archiver, 200 files and a fifth of the time that our program takes from start to end, and uses it only in a
 * process of its own, which zips an asset. Here it is left out while CDKTF's one file that asks for it is loaded, and nothing
 * of that remains: whoever else asks for the archiver gets it. Loaded before CDKTF.
 */
const usesArchiver = 'cdktf/lib/private/fs';

function loadWithoutArchiver(): void {
  const archiver = locate();
  if (archiver === undefined || require.cache[archiver] !== undefined) return;
  require.cache[archiver] = Object.assign(new Module(archiver), { loaded: true });
  try {
    require(usesArchiver);
  } finally {
    delete require.cache[archiver];
  }
}

/** Its file, or nothing where this version of CDKTF does without. */
function locate(): string | undefined {
  try {
    return createRequire(require.resolve(usesArchiver)).resolve('archiver');
  } catch {
    return undefined;
  }
}

loadWithoutArchiver();
