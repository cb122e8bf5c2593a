import { basename } from 'node:path';
import { loadEnvironment } from '../environments/load';
import { synthesize } from '../stacks/synthesize';

/** A program that synthesizes the ladders of the projects it is given, for its memory: `node whole-ladder.js FOLDER...`. */
for (const project of process.argv.slice(2)) synthesize(loadEnvironment(basename(project), { cwd: project }).environment, { project });
