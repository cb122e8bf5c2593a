import type { Compiler } from './compiler';
import { componentTable } from './docs/component-table';
import { errorTable } from './docs/error-table';
import { exampleEnvironment, ladderFigures } from './docs/figures';
import { ladderPicture } from './docs/picture';
import { fillRegions, type Regions } from './docs/regions';
import { roomTable } from './docs/rooms';
import { acceptedTable, checkovTable, ruleCounts, ruleTable } from './docs/rule-tables';
import { exampleProgram } from './docs/snippets';
import { ladderTable, tierSections } from './docs/tier-tables';

/** A page whose regions are written anew; its own words stay, so that it is its own source. */
function page(path: string, regions: Regions): Compiler {
  return { source: path, target: path, compile: (text) => fillRegions(text, regions) };
}

/** The picture of the ladder, and every page with generated parts. */
export const documentCompilers: readonly Compiler[] = [
  { source: exampleEnvironment, target: 'docs/ladder.svg', compile: () => ladderPicture(ladderFigures()) },
  page('README.md', { tiers: () => ladderTable(ladderFigures()) }),
  page('docs/tiers.md', { tiers: () => tierSections(ladderFigures()) }),
  page('docs/errors.md', { errors: errorTable }),
  page('docs/components.md', { components: componentTable }),
  page('docs/library.md', {
    'example price': () => exampleProgram('price'),
    'example plan': () => exampleProgram('plan'),
  }),
  page('docs/rules.md', {
    counts: ruleCounts,
    digitalocean: () => ruleTable('DO'),
    aws: () => ruleTable('AWS'),
    kubernetes: () => ruleTable('K8S'),
    google: () => ruleTable('GCP'),
    cloudflare: () => ruleTable('CF'),
    tiers: () => ruleTable('TIER'),
    accepted: acceptedTable,
    checkov: checkovTable,
  }),
  page('CONTRIBUTING.md', { rooms: roomTable }),
];
