import { MantineProvider } from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { asProblem } from '@/api/problem'
import { makeRouter } from './router'
import { theme } from './theme'

const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (asProblem(error).kind === 'signed_out') queries.setQueryData(['session'], null)
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (attempts, error) => asProblem(error).kind === 'unreachable' && attempts < 3,
      refetchOnWindowFocus: false,
    },
  },
})

const router = makeRouter(queries)

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}

/** App is the whole console: look, questions, pages. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
