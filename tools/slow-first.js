'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/** What mostly waits: for clouds that are played, for servers, for programs. Begun last, it would be waited for alone. */
const slow = [
  'e2e/aws',
  'promotion/engine',
  'constructs/server/unit',
  'constructs/server/turns',
  'e2e/locks',
  'review/corpus/planned',
  'cli/promote/phase',
  'promotion/run/run',
  'selection/select',
  'selection/variations',
  'checkov',
  'stacks/transition',
  'stacks/upper-tiers',
  'stacks/workloads',
  'stacks/in-place',
  'e2e',
];

const rank = ({ path }) => {
  const found = slow.findIndex((part) => path.includes(part));
  return found === -1 ? slow.length : found;
};

module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
