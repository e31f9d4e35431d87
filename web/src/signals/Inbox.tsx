import { ActionIcon, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import type { Inbox as Box, Signal } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Filters } from '@/parts/Filters'
import { InboxList } from '@/parts/InboxList'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { useAddress } from '@/state/address'
import { useStatus } from '@/state/status'
import { addDays } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { inboxOfDayQuery, sleepingQuery, waitingQuery } from './queries'
import css from './Inbox.module.css'

/** Inbox is what the teams should verify on a day, and what their budgets left out; of one team if that is chosen. */
export function Inbox() {
  const say = useWords()
  const f = useFormat()
  const status = useStatus()
  const today = f.dayOf(useNow())
  const [{ day = today, team }, change] = useAddress()
  const box = useQuery(inboxOfDayQuery(status, day))
  const go = (to: string) => change({ day: to === today ? undefined : to })
  return (
    <>
      <Filters label={say('ui.signals.inbox')}>
        <span className={css.days}>
          <ActionIcon variant="default" size={30} aria-label={say('ui.day.before')} onClick={() => go(addDays(day, -1))}><IconChevronLeft size={16} /></ActionIcon>
          <TextInput size="xs" type="date" aria-label={say('ui.day')} value={day} max={today} onChange={(e) => e.currentTarget.value && go(e.currentTarget.value)} />
          <ActionIcon variant="default" size={30} aria-label={say('ui.day.after')} disabled={day >= today} onClick={() => go(addDays(day, 1))}><IconChevronRight size={16} /></ActionIcon>
        </span>
        {box.data && box.data.teams.length > 1 && <TeamSelect box={box.data} team={team} choose={(t) => change({ team: t })} />}
      </Filters>
      <Asked query={box}>
        {(all) => {
          const b = ofTeam(all, team)
          return <>
            <Panel flush title={say('ui.signals.shown', { day: f.day(b.day) })}
              note={say('ui.signals.budget', { shown: f.number(b.shown.length), budget: f.number(b.budget) })}>
              {b.shown.length
                ? <InboxList signals={b.shown} />
                : <EmptyState title={say('ui.signals.noneNew')} />}
            </Panel>
            {b.left_out.length > 0 && (
              <Panel flush title={say('ui.signals.leftOut', { n: f.number(b.left_out.length) })} note={say('ui.signals.leftOut.why')}>
                <InboxList signals={b.left_out} />
              </Panel>
            )}
            {day === today && <Waiting before={day} />}
            {day === today && <Sleeping />}
          </>
        }}
      </Asked>
    </>
  )
}

/** ofTeam keeps of an inbox what stands in that of one team. */
function ofTeam(box: Box, team: string | undefined): Box {
  const chosen = box.teams.find((t) => t.area === team)
  if (!chosen) return box
  const its = (s: Signal) => s.team === chosen.area
  return { ...box, budget: chosen.budget, shown: box.shown.filter(its), left_out: box.left_out.filter(its) }
}

/** TeamSelect chooses a team, and says of each how full its day is. */
function TeamSelect({ box, team, choose }: { box: Box; team?: string; choose: (area: string) => void }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  return (
    <NativeSelect size="xs" aria-label={say('ui.signals.team')} value={team ?? ''} onChange={(e) => choose(e.currentTarget.value)}
      data={[{ value: '', label: say('ui.signals.teams') }, ...box.teams.map((t) => ({ value: t.area,
        label: say('ui.signals.team.day', { area: areaName(t.area), shown: f.number(t.shown), budget: f.number(t.budget), out: f.number(t.left_out) }) }))]} />
  )
}

/** Waiting lists what earlier inboxes held and nobody has triaged: a day that ends verifies nothing by itself. */
function Waiting({ before }: { before: string }) {
  const say = useWords()
  const f = useFormat()
  const { data } = useQuery(waitingQuery(useStatus()))
  const waiting = data?.items.filter((s) => s.day < before) ?? []
  if (waiting.length === 0) return null
  return (
    <Panel flush title={say('ui.signals.waiting', { n: f.number(waiting.length) })}>
      <InboxList signals={waiting} />
    </Panel>
  )
}

/** Sleeping lists what was put to sleep: out of the way, never out of sight. */
function Sleeping() {
  const say = useWords()
  const f = useFormat()
  const { data } = useQuery(sleepingQuery(useStatus()))
  if (!data || data.items.length === 0) return null
  return (
    <Panel flush title={say('ui.signals.asleep', { n: f.number(data.items.length) })} note={say('ui.signals.asleep.note')}>
      <InboxList signals={data.items} />
    </Panel>
  )
}
