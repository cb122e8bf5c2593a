/**
 * CDKTF asks `util.isArray` whether an output is a list: Node 22 warns on every command that it is deprecated, and Node 23 is without it.
 * It does what `Array.isArray` does.
 */
const util = require('node:util') as { isArray: (value: unknown) => boolean };
util.isArray = Array.isArray;
