// Acts: writes that may be sent twice and are done once.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { newKey } from './client'
import { asProblem, type Problem } from './problem'

/** keyring gives the same key for the same input until it is told that the act was done. */
export function keyring(make: () => string = newKey) {
  let held: { input: string; key: string } | undefined
  return {
    keyFor(input: unknown) {
      const asked = JSON.stringify(input)
      if (!held || held.input !== asked) held = { input: asked, key: make() }
      return held.key
    },
    done() {
      held = undefined
    },
  }
}

/**
 * useAct makes an act of a call. A failed attempt that is sent again unchanged
 * carries the same idempotency key, and so does the retry after a lost
 * connection; afterwards everything shown is asked anew.
 */
export function useAct<Input, Answer>(call: (input: Input, key: string) => Promise<Answer>) {
  const queries = useQueryClient()
  const keys = useRef(keyring())
  return useMutation<Answer, Problem, Input>({
    mutationFn: async (input) => {
      try {
        return await call(input, keys.current.keyFor(input))
      } catch (error) {
        throw asProblem(error)
      }
    },
    retry: (attempts, problem) => problem.kind === 'unreachable' && attempts < 2,
    onSuccess: () => {
      keys.current.done()
      return queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'city' && q.queryKey[0] !== 'session' })
    },
  })
}
