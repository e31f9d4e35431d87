// The people that one may be in the demonstration. Any other server says that
// there is nothing of this name, and the door shows no list.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { DemoSignIn } from '@/api/types'

export const demonstrationQuery = queryOptions({
  queryKey: ['demonstration'],
  staleTime: Infinity,
  retry: false,
  queryFn: async (): Promise<DemoSignIn[] | null> => {
    try {
      return (await answer(api.GET('/v1/demonstration'))).sign_ins
    } catch {
      return null
    }
  },
})
