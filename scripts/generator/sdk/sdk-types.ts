import type { Identifier, NamedSchema, SchemaHome } from '../contract/contract.ts';
import { type Code, typeRef } from '../print/code.ts';

/** The folder that the SDK's emitted files stand in. */
export const SDK_ROOT = 'sdk/src/generated';

/** The SDK's file with the component types of a home. */
export function sdkSchemasPath(home: SchemaHome): string {
  return `${SDK_ROOT}/${home}/schemas.ts`;
}

/** The SDK's file with the operations of a module. */
export function sdkOperationsPath(module: string): string {
  return `${SDK_ROOT}/${module}/operations.ts`;
}

/** The types of `sdk/src` that emitted code refers to. A test checks that each exists. */
export const RUNTIME_TYPES = {
  noParams: runtimeType('NoParams', 'operation'),
  operation: runtimeType('Operation', 'operation'),
  pagedOperation: runtimeType('PagedOperation', 'operation'),
  reply: runtimeType('Reply', 'result'),
  results: runtimeType('Results', 'result'),
  binaryBody: runtimeType('BinaryBody', 'body-types'),
  eventStream: runtimeType('EventStream', 'body-types'),
  client: runtimeType('Client', 'client'),
  apiCall: sdkType('ApiCall', 'client/api-call'),
  apiListCall: sdkType('ApiListCall', 'client/api-list-call'),
  methodOptions: sdkType('MethodOptions', 'client/class-options'),
  mockFactory: sdkType('MockFactory', 'msw/mock'),
  fields: sdkType('Fields', 'forms/fields'),
  components: sdkType('Components', 'msw/json-schema'),
  zodType: sdkType('SchemaType', 'zod/schema-type'),
  queryFactory: sdkType('QueryFactory', 'react/query'),
  infiniteQueryFactory: sdkType('InfiniteQueryFactory', 'react/infinite-query'),
  mutationFactory: sdkType('MutationFactory', 'react/mutation'),
} as const;

/** What a range of statuses is expanded to. */
export const RUNTIME_STATUS_TYPES = {
  '2XX': runtimeType('SuccessStatus', 'result'),
  '3XX': runtimeType('RedirectionStatus', 'result'),
  '4XX': runtimeType('ClientErrorStatus', 'result'),
  '5XX': runtimeType('ServerErrorStatus', 'result'),
  default: runtimeType('AnyStatus', 'result'),
} as const;

/** Component types under the names that the server has for them. */
export function sdkSchemaNames(schemas: readonly NamedSchema[]): {
  refer(home: SchemaHome, component: string, view: 'request' | 'response'): Code;
} {
  const index = new Map(schemas.map((schema) => [`${schema.home}\n${schema.component}`, schema]));
  return {
    refer(home, component, view) {
      const schema = index.get(`${home}\n${component}`);
      if (schema === undefined) {
        throw new Error(`the contract refers to ${home}/${component} and does not hold it`);
      }
      const name = view === 'request' ? schema.requestName : schema.responseName;
      return typeRef(name, sdkSchemasPath(home));
    },
  };
}

function runtimeType(name: string, file: string): Code {
  return sdkType(name, `runtime/${file}`);
}

function sdkType(name: string, file: string): Code {
  // oxlint-disable-next-line no-unsafe-type-assertion -- a name written in this file, not one of a spec
  return typeRef(name as Identifier, `sdk/src/${file}.ts`);
}
