// A test is a true sentence; a failed one says what was found.
let passed = 0;
let failed = 0;

export function check(sentence, found) {
  if (found.length === 0) passed++;
  else failed++;
  console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${sentence}`);
  for (const line of found) console.log(`  FAIL ${line}`);
}

export function end() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
