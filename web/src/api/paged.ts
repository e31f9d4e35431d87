// Long lists, a page at a time.

import { useInfiniteQuery } from '@tanstack/react-query'

/** Page is a part of a list; next is the mark after which it goes on, absent or empty at the end. */
export interface Page<T> { items: T[]; next?: string }

/** pageSize is how many rows are asked for at once. */
export const pageSize = 50

/**
 * usePaged asks for a list page by page. The key's first word is the stage;
 * load gets the mark after which the next page begins.
 */
export function usePaged<T>(key: readonly unknown[], load: (after: string | undefined) => Promise<Page<T>>) {
  const query = useInfiniteQuery({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam }) => load(pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    select: (all) => all.pages.flatMap((p) => p.items),
  })
  const more = query.hasNextPage ? { load: () => void query.fetchNextPage(), loading: query.isFetchingNextPage } : undefined
  return { query, more }
}
