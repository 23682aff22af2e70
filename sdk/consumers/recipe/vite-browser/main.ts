import { createClient, listRecipes, paginate } from '@chompardo/sdk';

const client = createClient({ baseUrl: '/api' });
for await (const { title } of paginate(listRecipes, { tag: ['soup'] }, { client })) {
  const item = document.createElement('li');
  item.textContent = title;
  document.querySelector('ul')?.append(item);
}
