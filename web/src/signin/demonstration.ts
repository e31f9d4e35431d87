// The people whom one may be in the demonstration; a server of a real city offers none.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'

export const demonstrationQuery = queryOptions({
  queryKey: ['demonstration'],
  staleTime: Infinity,
  queryFn: () => answer(api.GET('/v1/demonstration')),
})
