/**
 * Process entry of the API. Everything comes from the environment; `--check-config` checks that and does no more.
 * Exit codes: 0 ended as asked; 1 could not start, failed, or was forced to end; 2 wrong arguments.
 */
import { nodeVersionProblem } from './node-version.ts';

const problem = nodeVersionProblem(process.versions.node);
if (problem === undefined) {
  // Loaded only now: an older Node.js could fail on what is imported before it comes to the sentence.
  const { main } = await import('./serve-api.ts');
  const { processVariables } = await import('#kernel/config/process-variables.ts');
  process.exitCode = await main(process.argv.slice(2), processVariables(), import.meta.filename);
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
