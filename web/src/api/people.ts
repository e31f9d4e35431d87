// The names that stand for the ids in records.

import { queryOptions, useQuery } from '@tanstack/react-query'
import { useWords } from '@/words/useWords'
import { answer, api } from './client'
import type { Person } from './types'

/** The account under which the program itself acts. */
const program = '00000000-0000-7000-8000-000000000000'
const mostPeople = 200

export const peopleQuery = queryOptions({
  queryKey: ['users', 'people'],
  staleTime: 300_000,
  queryFn: async (): Promise<Person[]> => {
    const people: Person[] = []
    let after = ''
    do {
      const page = await answer(api.GET('/v1/people', { params: { query: { limit: mostPeople, ...(after && { after }) } } }))
      people.push(...page.items)
      after = page.next
    } while (after)
    return people
  },
})

/** usePeople returns the function that names a user; an unknown id shows itself. */
export function usePeople(): (id: string | undefined) => string {
  const say = useWords()
  const { data } = useQuery(peopleQuery)
  return (id) => {
    if (!id) return ''
    if (id === program) return say('ui.person.program')
    return data?.find((p) => p.id === id)?.display ?? id.slice(-6)
  }
}
