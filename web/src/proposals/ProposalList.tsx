import { Link } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import type { Proposal } from '@/api/types'
import { pathOf } from '@/parts/RefLink'
import { ProposalTag } from '@/parts/tags'
import { useFormat } from '@/words/useFormat'
import { LevelStep } from './LevelStep'
import css from './ProposalList.module.css'

/** ProposalList names proposals in few words, for the side of another page. */
export function ProposalList({ proposals }: { proposals: Proposal[] }) {
  const f = useFormat()
  const { areaName } = useCity()
  return (
    <ul className={css.list}>
      {proposals.map((p) => (
        <li key={p.id}>
          <Link className={css.item} to={pathOf({ kind: 'proposal', id: p.id }) as string}>
            <span><b>{areaName(p.decided_area || p.area)}</b><span className={css.when}>{f.at(p.made)}</span></span>
            <span className={css.tags}><LevelStep from={p.current} to={p.decided || p.level} /><ProposalTag state={p.state} /></span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
