import { useQuery } from '@tanstack/react-query'
import type { Directive } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { EntryList } from '@/journal/EntryList'
import { useWords } from '@/words/useWords'
import { historyQuery } from './queries'

/** History is what was done with an order, by its journal entries, the newest first. */
export function History({ directive: d }: { directive: Directive }) {
  const say = useWords()
  return (
    <Panel flush title={say('ui.directives.history')}>
      <Asked query={useQuery(historyQuery(d.id))} rows={4}>
        {(chain) => {
          const entries = chain.steps.find((s) => s.ref.kind === 'directive' && s.ref.id === d.id)?.entries ?? []
          return entries.length ? <EntryList entries={[...entries].reverse()} /> : <EmptyState title={say('ui.journal.none')} />
        }}
      </Asked>
    </Panel>
  )
}
