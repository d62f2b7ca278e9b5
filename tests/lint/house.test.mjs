// The house rules, held against the checkout.
import { fileURLToPath } from 'node:url';

import { rules } from './rules.mjs';
import { check, end } from './t.mjs';
import { readTree } from './tree.mjs';

const tree = readTree(fileURLToPath(new URL('../..', import.meta.url)));

for (const [sentence, rule] of Object.entries(rules))
  check(sentence, rule(tree));
end();
