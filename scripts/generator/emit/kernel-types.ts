import type { Identifier } from '../contract/contract.ts';
import { type Code, type ImportedType, typeRef } from '../print/code.ts';

/** The types of `src/kernel/contract` that emitted code refers to. A test checks that each exists. */
export const BODY_TYPES = {
  jsonValue: kernelType('JsonValue', 'body'),
  uploadedFile: kernelType('UploadedFile', 'body'),
  binaryStream: kernelType('BinaryStream', 'body'),
  binaryContent: kernelType('BinaryContent', 'body'),
} as const;

export const CONTEXT_TYPES = {
  anonymous: kernelType('RequestContext', 'context'),
  optional: kernelType('OptionalAuthContext', 'context'),
  authenticated: kernelType('AuthenticatedContext', 'context'),
} as const;

export const STATUS_TYPES = {
  '1XX': kernelType('InformationalStatus', 'status'),
  '2XX': kernelType('SuccessStatus', 'status'),
  '3XX': kernelType('RedirectionStatus', 'status'),
  '4XX': kernelType('ClientErrorStatus', 'status'),
  '5XX': kernelType('ServerErrorStatus', 'status'),
  default: kernelType('Status', 'status'),
} as const;

export const OPERATION_TABLE: ImportedType = kernelType('OperationTable', 'operation');

/** A reference to one of the types above. */
export function kernelRef(type: ImportedType): Code {
  return typeRef(type.name, type.from);
}

/** The union of the modules' names, in `generated/modules.ts`. */
export const MODULE_NAME = identifier('ModuleName');

function kernelType(name: string, file: string): ImportedType {
  return { name: identifier(name), from: `#kernel/contract/${file}.ts` };
}

function identifier(name: string): Identifier {
  // oxlint-disable-next-line no-unsafe-type-assertion -- a name written in this file, not one of a spec
  return name as Identifier;
}
