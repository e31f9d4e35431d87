import { useCity } from '@/api/city'
import { usePeople } from '@/api/people'
import type { Proposal } from '@/api/types'
import { Panel } from '@/parts/Panel'
import { LevelTag } from '@/parts/tags'
import { Why } from '@/parts/Why'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import css from './Decision.module.css'

/** Decision sets what the rule proposed beside what an officer decided, and who stood by it. */
export function Decision({ proposal: p }: { proposal: Proposal }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  const person = usePeople()
  return (
    <Panel flush title={say('ui.proposal.decision')} note={p.needs_second && say('ui.proposal.needsSecond')}>
      <div className={css.sides}>
        <div className={css.side}>
          <h3>{say('ui.proposal.proposed')}</h3>
          <p className={css.level}><LevelTag level={p.level} /> {areaName(p.area)}</p>
          <p className="ink-3">{say('ui.person.program')} · {f.at(p.made)}</p>
        </div>
        <div className={css.side} data-otherwise={p.decided && p.decided !== p.level || undefined}>
          <h3>{say('ui.proposal.decided')}</h3>
          {p.decided ? (
            <>
              <p className={css.level}><LevelTag level={p.decided} /> {areaName(p.decided_area || p.area)}</p>
              <Why text={p.why} />
              <p className="ink-3">{person(p.by)}{p.at && ` · ${f.at(p.at)}`}</p>
              <Second proposal={p} />
            </>
          ) : <p className="ink-2">{say(p.state === 'lapsed' ? 'ui.proposal.lapsed' : 'ui.proposal.undecided')}</p>}
        </div>
      </div>
    </Panel>
  )
}

function Second({ proposal: p }: { proposal: Proposal }) {
  const say = useWords()
  const f = useFormat()
  const person = usePeople()
  if (p.state === 'seconding') return <p className={css.waits}>{say('ui.proposal.waitsSecond')}</p>
  if (!p.second) return null
  return (
    <p className="ink-3">
      {say(p.state === 'declined' ? 'ui.proposal.declinedBy' : 'ui.proposal.approvedBy', { who: person(p.second) })}{p.seconded && ` · ${f.at(p.seconded)}`}
    </p>
  )
}
