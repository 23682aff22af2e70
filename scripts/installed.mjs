/**
 * Loaded before each npm script, in plain JavaScript that any Node.js can read: says in a sentence what is not installed, where the script
 * itself would end with a stack.
 */
import { existsSync, readFileSync } from 'node:fs';

/** What also runs where `npm ci --omit=dev` has installed. */
const IN_PRODUCTION = /\/scripts\/(?:start|migrations)\/main\.ts$/;

const root = new URL('../', import.meta.url);
const problem = findProblem(process.argv[1] ?? '');
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

/** @param {string} entry the file that is about to run. */
function findProblem(entry) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  if (!areInstalled(dependencies)) return 'The packages are not installed, or not all of them: run npm ci.';
  if (!IN_PRODUCTION.test(entry) && !areInstalled(devDependencies)) {
    return 'The development packages are not installed: run npm ci, without --omit=dev and without NODE_ENV=production.';
  }
  if (!process.features.typescript) {
    return `This needs Node.js 24, and runs on ${process.versions.node}: npm ci brings it on Linux; elsewhere, install it.`;
  }
  return undefined;
}

/** @param {Readonly<Record<string, string>>} packages by name. */
function areInstalled(packages) {
  return Object.keys(packages).every((name) =>
    existsSync(new URL(`node_modules/${name}/package.json`, root)),
  );
}
