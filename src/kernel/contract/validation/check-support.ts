import { fullFormats } from 'ajv-formats/dist/formats.js';
import { FORMATS } from './formats.ts';

export { isMultipleOf } from './multiple-of.ts';

/** The formats of checks that were compiled to a file, by name; the same that `createAjv` gives to Ajv. */
export const formats = { ...fullFormats, ...FORMATS };
