/**
 * The dependency law: who may import whom, as dependency-cruiser rules. `npm run check:law` applies it to the tree;
 * `law.io.test.ts` plants one violation per rule and expects to be caught. Type-only imports count.
 */

const MODULE = '^src/modules/([^/]+)';
const layer = (name) => `${MODULE}/${name}/`;
const own = (...layers) => layers.map((name) => `^src/modules/$1/${name}/`);
const TEST = '\\.(test|types)\\.ts$|/testing/|^tests/';
const FRONT_DOORS = '^src/modules/[^/]+/index\\.ts$';
/** Runs elsewhere, with packages of its own beside it: `bench/kit/install.ts` puts it there. */
const PEERS = '^bench/peers/';
const OURS = '^(src|generated|sdk|scripts|sql|migrations|bench|examples|tests)/';

/** Files at `from` may import only `allowed` of our own files; npm packages have rules of their own below. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { path: OURS, pathNot: allowed },
});

/** The npm package may be imported below `allowed` only. */
const packageOnlyIn = (name, npmPackage, allowed) => ({
  name,
  comment: `${npmPackage} is imported in ${allowed} only`,
  severity: 'error',
  from: { path: '^(src|generated)/', pathNot: `${allowed}|${TEST}` },
  to: { path: `node_modules/${npmPackage}/` },
});

export const law = {
  forbidden: [
    only('domain-is-pure', 'its own domain and kernel/domain', layer('domain'), [
      ...own('domain'),
      '^src/kernel/domain/',
    ]),
    {
      name: 'domain-needs-no-package',
      comment: 'a rule of the business runs anywhere: no npm package, no Node module',
      severity: 'error',
      from: { path: layer('domain'), pathNot: TEST },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    only('application-orchestrates', 'domain; other modules through ports', layer('application'), [
      ...own('domain', 'application'),
      '^src/kernel/domain/',
    ]),
    only('infra-implements-ports', 'ports over generated queries', layer('infra'), [
      ...own('domain', 'infra'),
      '^src/kernel/(domain|database)/',
      '^generated/$1/queries/',
      FRONT_DOORS,
    ]),
    only('transport-speaks-the-contract', 'application and the generated contract', layer('transport'), [
      ...own('application', 'transport'),
      '^src/kernel/(contract|domain)/',
      '^generated/($1|common)/(?!queries/)',
    ]),
    only(
      'front-door-is-types',
      'index.ts re-exports application',
      `${MODULE}/index\\.ts$`,
      own('application'),
    ),
    only('module-composes-itself', 'module.ts wires its own layers', `${MODULE}/module\\.ts$`, [
      '^src/modules/$1/',
      '^src/kernel/',
      '^generated/$1/',
      FRONT_DOORS,
    ]),
    only('kernel-knows-no-module', 'kernel imports kernel', '^src/kernel/', ['^src/kernel/']),
    only('kernel-domain-is-pure', 'the shared domain imports itself', '^src/kernel/domain/', [
      '^src/kernel/domain/',
    ]),
    only('generated-knows-the-kernel-only', 'contract runtime types', '^generated/(?![^/]+/queries/)', [
      '^generated/',
      '^src/kernel/contract/',
    ]),
    only('queries-run-on-the-database', 'the run time of queries', '^generated/[^/]+/queries/', [
      '^src/kernel/database/',
    ]),
    only('sdk-stands-alone', 'sdk imports sdk', '^sdk/', ['^sdk/']),
    only('scripts-use-the-kernel', 'config and database', '^scripts/', [
      '^scripts/',
      '^src/kernel/(config|database)/',
      // The build compiles what the contract runtime loads.
      '^src/kernel/contract/(operation|validation/print-checks)\\.ts$',
    ]),
    only('diagnostics-are-the-ground-floor', 'findings of any tool', '^scripts/diagnostics/', [
      '^scripts/diagnostics/',
    ]),
    only('generator-serves-any-project', 'the generator and what findings are', '^scripts/generator/', [
      '^scripts/(generator|diagnostics)/',
    ]),
    {
      name: 'tests-stay-tests',
      comment: 'what production runs does not import the test kit',
      severity: 'error',
      from: { path: '^(src|generated)/', pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'unit-tests-do-no-io',
      comment:
        'a test that reads files, starts processes or listens is named x.io.test.ts, x.db.test.ts or x.http.test.ts',
      severity: 'error',
      from: { path: '\\.test\\.ts$', pathNot: '\\.(io|db|http|e2e)\\.test\\.ts$' },
      to: {
        path: '^(node:)?(fs|fs/promises|child_process|cluster|dgram|dns|http|http2|https|net|tls|worker_threads)$',
        dependencyTypesNot: ['type-only'],
      },
    },
    packageOnlyIn('express-at-the-edge', 'express', '^src/kernel/(app|referee)/'),
    packageOnlyIn('validator-in-the-referee', 'express-openapi-validator', '^src/kernel/referee/'),
    packageOnlyIn('pgtyped-in-the-database-kernel', '@pgtyped/runtime', '^src/kernel/database/'),
    packageOnlyIn('pg-in-the-database-kernel', 'pg', '^src/kernel/database/'),
    packageOnlyIn('jose-in-the-auth-kernel', 'jose', '^src/kernel/auth/'),
    packageOnlyIn('zod-in-the-config-kernel', 'zod', '^src/kernel/config/'),
    packageOnlyIn('metrics-in-the-operational-kernel', 'prom-client', '^src/kernel/operational/'),
    {
      name: 'no-cycles',
      comment: 'a cycle has no first file to read',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'every import names a file or an installed package',
      severity: 'error',
      from: { pathNot: PEERS },
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'an imported package stands in package.json',
      severity: 'error',
      from: { path: OURS, pathNot: PEERS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'production-packages',
      comment: 'production imports no devDependency',
      severity: 'error',
      from: { path: '^(src|generated)/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  acyclicFolders: {
    name: 'no-folder-circles',
    comment:
      'two folders that need each other are one: declare a port in one of them, or move what both need',
    /** The folders in each of these may not need each other in a circle. Tests may import anything. */
    below: ['src/kernel', 'scripts'],
    pathNot: TEST,
  },
  options: {
    // TypeScript 7 has no compiler API; without swc nothing is parsed and the run passes on zero modules.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'scripts/(generator/testdata|new/template)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
