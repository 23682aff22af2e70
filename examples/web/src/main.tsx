import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/app.tsx';
import { configureApi } from './app/api.ts';
import { loadSession } from './identity/session.ts';

configureApi();
void loadSession();

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no element with the id root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
