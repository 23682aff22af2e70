import { suite } from 'node:test';
import { InMemoryStoredThingRepository } from './in-memory-stored-thing-repository.ts';
import { testStoredThingRepository } from './stored-thing-repository-suite.ts';

suite('InMemoryStoredThingRepository', () => {
  testStoredThingRepository(async () => new InMemoryStoredThingRepository());
});
