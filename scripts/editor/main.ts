import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { emitSpecSchema } from '../generator/emit/emit-spec-schema.ts';

const FILE = resolve(import.meta.dirname, '../../specs/.schema/openapi.json');

/** `npm run editor:schema`: writes the JSON Schema of the specs, by which editors complete and underline. */
await mkdir(dirname(FILE), { recursive: true });
await writeFile(FILE, emitSpecSchema());
