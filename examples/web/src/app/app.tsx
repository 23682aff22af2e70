import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';

import { SignInAgain } from '../identity/sign-in-again.tsx';
import { SignInPage } from '../identity/sign-in-page.tsx';
import { useSession } from '../identity/session.ts';
import { CookPage } from '../recipes/cook/cook-page.tsx';
import { CreatePage } from '../recipes/form/create-page.tsx';
import { EditPage } from '../recipes/form/edit-page.tsx';
import { ListPage } from '../recipes/list/list-page.tsx';
import { RecipePage } from '../recipes/view/recipe-page.tsx';
import { usePlace } from './navigation.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { queryClient } from './query-client.ts';
import { parseRoute } from './routes.ts';
import { Shell } from './shell.tsx';
import { OpeningPage, UnreachablePage } from './opening-page.tsx';

/** The whole app. */
export function App(): ReactElement {
  return (
    <QueryClientProvider client={queryClient}>
      <Door />
    </QueryClientProvider>
  );
}

/** Lets in who is signed in. */
function Door(): ReactElement {
  const session = useSession();
  const userId = 'user' in session ? session.user.id : undefined;
  // What one user has read is not for the next.
  useEffect(() => () => queryClient.clear(), [userId]);
  switch (session.status) {
    case 'unknown':
      return <OpeningPage />;
    case 'unreachable':
      return <UnreachablePage />;
    case 'signed-in':
    case 'expired':
      return (
        <Shell user={session.user}>
          <Page />
          {session.status === 'expired' && <SignInAgain user={session.user} />}
        </Shell>
      );
    case 'signed-out':
    default:
      return <SignInPage />;
  }
}

function Page(): ReactElement {
  const route = parseRoute(usePlace().path);
  switch (route.page) {
    case 'list':
      return <ListPage />;
    case 'new':
      return <CreatePage />;
    case 'recipe':
      return <RecipePage key={route.recipeId} recipeId={route.recipeId} />;
    case 'edit':
      return <EditPage key={route.recipeId} recipeId={route.recipeId} />;
    case 'cook':
      return <CookPage key={route.recipeId} recipeId={route.recipeId} />;
    case 'unknown':
    default:
      return <NotFoundPage />;
  }
}
