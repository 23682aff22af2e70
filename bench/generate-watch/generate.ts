import { main } from '../../scripts/generate/main.ts';

/** `npm run generate` for the project whose folder is the first argument. */
if (import.meta.main) {
  const [root = '', ...flags] = process.argv.slice(2);
  const output = {
    out: (line: string) => process.stdout.write(`${line}\n`),
    err: (line: string) => process.stderr.write(`${line}\n`),
  };
  process.exitCode = await main(flags, root, output);
}
