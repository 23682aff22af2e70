/** A CommonJS file, which TypeScript lets require a module from 5.8 on with `module: nodenext`. */
import sdk = require('@chompardo/sdk');

const { createClient, listRecipes }: typeof sdk = sdk;
export const client: sdk.Client = createClient({ baseUrl: 'https://api.example.com' });
export const titles = async (): Promise<readonly string[]> => {
  const result = await listRecipes({}, { client });
  return result.status === 200 ? result.data.items.map(({ title }) => title) : [];
};
