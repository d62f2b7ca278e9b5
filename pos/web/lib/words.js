// Sentences by dotted name, with {values} put in.

/** @typedef {{[key: string]: string | Words}} Words */

/**
 * @param {Words} words
 * @param {string} name "pay.change"
 * @param {Record<string, string | number>} [values]
 */
export function say(words, name, values = {}) {
  /** @type {string | Words | undefined} */
  let at = words;
  for (const step of name.split('.')) at = typeof at === 'object' ? at[step] : undefined;
  if (typeof at !== 'string') return name;
  return at.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}
