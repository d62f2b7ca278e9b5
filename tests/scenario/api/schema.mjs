// As much of JSON Schema as the description of the API uses.  A member of an
// answer that the description does not name is a fault too: nothing may be
// told that is not described.
const TYPES = {
  object: (v) => v !== null && typeof v === 'object' && !Array.isArray(v),
  array: Array.isArray,
  string: (v) => typeof v === 'string',
  integer: Number.isSafeInteger,
  number: (v) => typeof v === 'number',
  boolean: (v) => typeof v === 'boolean',
  null: (v) => v === null,
};

const FORMATS = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/,
};

const KNOWN = new Set(`$ref type enum const required properties items anyOf if
  then additionalProperties pattern format minimum maximum exclusiveMinimum
  minLength maxLength minItems maxItems description examples`.split(/\s+/));

export function resolve(doc, v) {
  if (!v?.$ref) return v;
  return v.$ref.slice(2).split('/').reduce((at, key) => at[key], doc);
}

function scalars(s, v, at, faults) {
  const types = s.type === undefined ? [] : [s.type].flat();
  if (types.length && !types.some((t) => TYPES[t](v)))
    faults.push(`${at}: ${JSON.stringify(v)} is no ${types}`);
  if (s.enum && !s.enum.includes(v)) faults.push(`${at}: ${v} is not of ${s.enum}`);
  if ('const' in s && s.const !== v) faults.push(`${at}: ${v} is not ${s.const}`);
  if (typeof v === 'number') {
    if (v < s.minimum) faults.push(`${at}: ${v} < ${s.minimum}`);
    if (v > s.maximum) faults.push(`${at}: ${v} > ${s.maximum}`);
    if (v <= s.exclusiveMinimum) faults.push(`${at}: ${v} <= ${s.exclusiveMinimum}`);
  }
  if (typeof v !== 'string') return;
  if (s.pattern && !new RegExp(s.pattern, 'u').test(v))
    faults.push(`${at}: ${v} is not ${s.pattern}`);
  if (s.format && !FORMATS[s.format].test(v)) faults.push(`${at}: ${v} is no ${s.format}`);
  if (v.length < s.minLength) faults.push(`${at} is too short`);
  if (Buffer.byteLength(v) > s.maxLength) faults.push(`${at} is too long`);
}

// The names that a schema and what it refers to speak of; null: any.
function named(doc, s) {
  const names = new Set(Object.keys(s.properties ?? {}));
  if (s.$ref) for (const n of named(doc, resolve(doc, s)) ?? []) names.add(n);
  return names.size && !s.additionalProperties ? names : null;
}

function members(doc, s, v, at, faults) {
  for (const name of s.required ?? [])
    if (!(name in v)) faults.push(`${at}.${name} is missing`);
  const names = named(doc, s);
  for (const [name, value] of Object.entries(v)) {
    const own = s.properties?.[name];
    if (own) check(doc, own, value, `${at}.${name}`, faults);
    else if (names && !names.has(name)) faults.push(`${at}.${name} is not described`);
    else if (TYPES.object(s.additionalProperties))
      check(doc, s.additionalProperties, value, `${at}.${name}`, faults);
  }
}

const without = (doc, s, v) => {
  const faults = [];
  check(doc, s, v, '', faults);
  return faults;
};

function check(doc, s, v, at, faults, extra = null) {
  for (const word of Object.keys(s))
    if (!KNOWN.has(word)) faults.push(`${at}: the checker knows no ${word}`);
  if (s.$ref) check(doc, resolve(doc, s), v, at, faults, s);
  scalars(s, v, at, faults);
  if (s.anyOf && !s.anyOf.some((one) => without(doc, one, v).length === 0))
    faults.push(`${at}: none of anyOf (${without(doc, s.anyOf[0], v)})`);
  if (s.if && without(doc, { ...s.if, additionalProperties: true }, v).length === 0)
    check(doc, s.then, v, at, faults);
  if (TYPES.array(v)) {
    if (v.length < s.minItems || v.length > s.maxItems) faults.push(`${at} has ${v.length}`);
    if (s.items) v.forEach((one, i) => check(doc, s.items, one, `${at}[${i}]`, faults));
  }
  if (TYPES.object(v))
    members(doc, extra ? { ...s, properties: { ...s.properties, ...extra.properties } }
      : s.$ref ? { properties: s.properties, additionalProperties: true } : s, v, at, faults);
}

/** What is wrong with `v`: sentences, none when all is well. */
export const faultsOf = (doc, schema, v) => without(doc, schema, v);
