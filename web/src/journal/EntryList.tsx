import { useCity } from '@/api/city'
import { usePeople } from '@/api/people'
import { useCan } from '@/api/queries'
import type { Entry } from '@/api/types'
import { RefLink } from '@/parts/RefLink'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import css from './EntryList.module.css'

/** EntryList is the acts upon a record, one a line: when, what, who, and its number in the journal's chain. */
export function EntryList({ entries }: { entries: Entry[] }) {
  const say = useWords()
  const f = useFormat()
  const can = useCan()
  const person = usePeople()
  const actName = useServerWords()
  const { areaName } = useCity()
  return (
    <ol className={css.list}>
      {entries.map((e) => (
        <li key={e.id} className={css.entry}>
          <time dateTime={e.at}>{f.at(e.at)}</time>
          <span><b>{actName(`ui.act.${e.act}`)}</b> <span className="ink-2">{person(e.actor)}{e.area && ` · ${areaName(e.area)}`}</span>{e.why && <span className={css.why}>{e.why}</span>}</span>
          <span className={css.seq}>
            {can('journal.read') ? <RefLink to={{ kind: 'entry', id: e.id }}>{number(e)}</RefLink> : number(e)}
          </span>
        </li>
      ))}
    </ol>
  )

  function number(e: Entry) {
    return e.link ? say('ui.journal.number', { n: f.number(e.link.seq) }) : say('ui.journal.unlinked')
  }
}
