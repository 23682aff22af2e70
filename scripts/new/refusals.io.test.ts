import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, suite, test } from 'node:test';
import { recordOutput } from '../generate/testing/sample-project.ts';
import { main } from './main.ts';
import { SampleProject } from './testing/sample-project.ts';

const project = new SampleProject();
after(() => project[Symbol.dispose]());
mkdirSync(project.path('migrations/billing'), { recursive: true });

const LONG = 'a'.repeat(50);

/** A command line, and what is said to it. */
const REFUSALS: Readonly<Record<string, RegExp>> = {
  '': /^Say what to make: module, operation, query, migration\./,
  modul: /^There is nothing called modul to make: module, operation/,
  'module jar lid': /^module takes one name: npm run new -- module <name>/,
  'operation ticket': /^operation takes two names: npm run new -- operation <module> <operationId>/,
  'module jar --path /jars': /^module does not take --path/,
  'module jar --from x': /^Unknown option '--from'/,
  // Spelling.
  'module JarLids': /^"JarLids" cannot name a module: write small letters.* such as jar-lids\.$/,
  'module jar_lid': /such as jar-lid\.$/,
  'module 1jar': /such as jar\.$/,
  'module jar-2': /^"jar-2" cannot name a module/,
  'module ../jar': /such as jar\.$/,
  'module é': /such as meal-plan\.$/,
  'module jar --resource Lid': /^"Lid" cannot name a resource: .* such as lid\.$/,
  'module jar --plural jar_s': /^"jar_s" cannot name the plural/,
  // Words of SQL and TypeScript.
  'module order': /^order cannot name a module: ORDER is a reserved word of SQL.* such as order-entry\.$/,
  'module group': /GROUP is a reserved word of SQL/,
  'module jar --resource user': /^user cannot name a resource: USER is a reserved word of SQL/,
  'module class':
    /^class cannot name a module: class is a reserved word of TypeScript.* such as class-entry\.$/,
  'module package': /package is a reserved word of TypeScript/,
  'module promise': /^promise cannot name a module: Promise is a type of TypeScript or JavaScript itself/,
  'module jar --resource date': /^date cannot name a resource: Date is a type/,
  'module clock': /^clock cannot name a resource: Clock is something else in the code of a module/,
  // What the platform has.
  'module common': /^common cannot name a module: it is a name of generated code/,
  'module migrations --resource step': /schema migrations is not a module’s/,
  'module pg-stat': /begin with pg_/,
  'module client': /^The operation createClient is taken: the SDK has it\..* --resource client-entry\.$/,
  [`module ${LONG}-module`]: /63 bytes/,
  [`module jar --resource ${LONG}-entry`]: /has 6\d characters, and PostgreSQL cuts names off behind 63/,
  // What the project has.
  'module ticket': /^There is a module ticket already: specs\/ticket\. Take another name/,
  'module billing': /^There is a module billing already: migrations\/billing\./,
  'module desk --resource ticket':
    /^The operation listTickets is taken: specs\/ticket\/openapi\.yaml has it\./,
  'module desk --resource note --plural tickets': /^The operation listTickets is taken/,
  'module desk --resource ticket-priority':
    /^The schema TicketPriority is taken: specs\/ticket\/openapi\.yaml has it\./,
  // One and many.
  'module jars':
    /^jars looks like a plural.* npm run new -- module jar, or say both: --resource jar --plural jars\.$/,
  'module desk --resource notes': /^notes looks like a plural.* --resource note/,
  'module sheep --plural sheep': /^One and many cannot both be called sheep.* --plural sheep-list\.$/,
  // Operations.
  'operation jar getJar':
    /^There is no module "jar"; there are: ticket\. Make it: npm run new -- module <name>\.$/,
  'operation ticket GetTicket': /^"GetTicket" cannot name an operation: .*camelCase/,
  'operation ticket delete': /^"delete" cannot name an operation/,
  'operation ticket getTicket': /^The operation getTicket is taken: specs\/ticket\/openapi\.yaml has it/,
  'operation ticket createClient': /^The operation createClient is taken: the SDK has it/,
  'operation ticket listNote': /^listNote lists one: write the plural, listNotes\.$/,
  'operation ticket sealTicket --method head': /^"head" is no method: --method takes get, post/,
  'operation ticket readTicket --method get': /^GET \/tickets\/\{ticketId\} is there already/,
  'operation ticket readTicket --method get --path /tickets/{id}': /other names of parameters/,
  'operation ticket sealTicket --path tickets/seal': /^"tickets\/seal" is no path/,
  'operation ticket sealTicket --path /Tickets': /^"\/Tickets" is no path/,
  // Queries and migrations.
  'query jar FindJar': /^There is no module "jar"/,
  'query ticket findTicket': /^"findTicket" cannot name a query: .*PascalCase, such as FindJarById/,
  'query ticket TicketById': /^"TicketById" cannot name a query/,
  'migration jar add_notes': /^There is no module "jar"/,
  'migration ticket notes': /^"notes" does not say what the migration does.*add_notes\.$/,
  'migration ticket addNotes': /^"addNotes" does not say/,
};

suite('npm run new refuses, and writes nothing', () => {
  const before = project.snapshot();
  for (const [line, message] of Object.entries(REFUSALS)) {
    test(line === '' ? 'nothing' : line.replace(LONG, 'aa…'), async () => {
      const output = recordOutput();
      const args = line.split(' ').filter((word) => word !== '');
      assert.equal(await main(args, project.root, output), 1);
      assert.match(output.complained.join('\n'), message);
      assert.deepEqual(output.said, []);
      assert.deepEqual(project.snapshot(), before);
    });
  }
});
