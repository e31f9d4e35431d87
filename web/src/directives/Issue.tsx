import { Button, NativeSelect, NumberInput, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useAct } from '@/api/act'
import { useCity } from '@/api/city'
import type { Draft, Proposal } from '@/api/types'
import { AreaSelect } from '@/parts/AreaSelect'
import { Asked } from '@/parts/Asked'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { mostWhy } from '@/parts/ReasonDialog'
import { pathOf, RefLink } from '@/parts/RefLink'
import { EmptyState, ErrorState } from '@/parts/states'
import { LevelTag } from '@/parts/tags'
import { draftsQuery, issue, proposalQuery } from '@/proposals/queries'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useText, useWords } from '@/words/useWords'
import css from './Issue.module.css'

/** Issue makes an order from one of the drafts that the pack offers for what was decided. */
export default function Issue() {
  const { id = '' } = useParams({ strict: false })
  const proposal = useQuery(proposalQuery(id))
  const drafts = useQuery(draftsQuery(id))
  return (
    <Asked query={proposal}>
      {(p) => <Asked query={drafts}>{({ items }) => <Form proposal={p} drafts={items} />}</Asked>}
    </Asked>
  )
}

function Form({ proposal: p, drafts }: { proposal: Proposal; drafts: Draft[] }) {
  const say = useWords()
  const text = useText()
  const { areaName } = useCity()
  const [at, setAt] = useState(0)
  const draft = drafts[at]
  return (
    <div className="stack">
      <PageHead kind={<RefLink to={{ kind: 'proposal', id: p.id }}>{say('ui.proposal')}</RefLink>} title={say('ui.directives.issue')}
        tags={<><span className="ink-2">{areaName(p.decided_area || p.area)}</span>{p.decided && <LevelTag level={p.decided} />}</>} />
      {!draft ? <EmptyState title={say('ui.issue.none')}>{say('ui.issue.none.why')}</EmptyState> : (
        <div className={css.sides}>
          <Panel flush title={say('ui.issue.drafts')}>
            <fieldset className={css.drafts}>
              <legend className="sr-only">{say('ui.issue.drafts')}</legend>
              {drafts.map((d, i) => (
                <label key={d.template} className={css.draft}>
                  <input type="radio" name="draft" checked={i === at} onChange={() => setAt(i)} />
                  <span><b>{text(d.title)}</b><DraftText draft={d} /></span>
                </label>
              ))}
            </fieldset>
          </Panel>
          <Details key={draft.template} proposal={p} draft={draft} />
        </div>
      )}
    </div>
  )
}

function DraftText({ draft: d }: { draft: Draft }) {
  const say = useWords()
  const name = useServerWords()
  const f = useFormat()
  return (
    <span className={css.about}>
      {say('ui.issue.within', { hours: f.number(d.due_hours) })}
      {d.completion && ` · ${name(`figure.${d.completion.figure}.name`)} ≥ ${f.number(d.completion.target)}`}
      {' · '}{d.authority}
    </span>
  )
}

function Details({ proposal: p, draft: d }: { proposal: Proposal; draft: Draft }) {
  const say = useWords()
  const navigate = useNavigate()
  const { city, postName } = useCity()
  const [area, setArea] = useState(d.area)
  const [addressee, setAddressee] = useState(d.addressee)
  const [hours, setHours] = useState(d.due_hours)
  const [target, setTarget] = useState(d.completion?.target)
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const act = useAct(issue)
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setTried(true)
    if (!why.trim()) return
    const order = { proposal: p.id, template: d.template, area, addressee, due_hours: hours, ...(target !== undefined && { target }), why: why.trim() }
    act.mutate(order, { onSuccess: (made) => void navigate({ to: pathOf({ kind: 'directive', id: made.id }) as string }) })
  }
  return (
    <Panel title={say('ui.issue.details')}>
      <form className="stack" onSubmit={submit} noValidate>
        <AreaSelect label={say('ui.figure.area')} root={p.decided_area || p.area} value={area} onChange={setArea} />
        <NativeSelect label={say('ui.directives.addressee')} value={addressee} onChange={(e) => setAddressee(e.currentTarget.value)}
          data={city.posts.map((post) => ({ value: post.code, label: postName(post.code) }))} />
        <NumberInput label={say('ui.issue.hours')} value={hours} min={1} max={2160} allowDecimal={false} onChange={(v) => setHours(Number(v))} />
        {d.completion && <Target draft={d} value={target ?? 0} onChange={setTarget} />}
        <Textarea label={say('ui.why.label')} description={say('ui.why.hint')} withAsterisk autosize minRows={3} maxLength={mostWhy} value={why}
          onChange={(e) => setWhy(e.currentTarget.value)} error={tried && !why.trim() ? say('ui.why.needed') : undefined} />
        {act.error && <ErrorState error={act.error} />}
        <div className="row">
          <Button type="submit" loading={act.isPending}>{say('ui.directives.issue')}</Button>
          <Button component={Link} to={pathOf({ kind: 'proposal', id: p.id })} variant="default">{say('ui.cancel')}</Button>
        </div>
      </form>
    </Panel>
  )
}

function Target({ draft, value, onChange }: { draft: Draft; value: number; onChange: (n: number) => void }) {
  const say = useWords()
  const name = useServerWords()
  const figure = draft.completion?.figure ?? ''
  return (
    <NumberInput label={say('ui.issue.target', { figure: name(`figure.${figure}.name`) })} description={say('ui.issue.target.hint')}
      value={value} min={1} thousandSeparator="," onChange={(v) => onChange(Number(v))} />
  )
}
