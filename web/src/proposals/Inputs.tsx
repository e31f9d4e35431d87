import { useQuery } from '@tanstack/react-query'
import type { Proposal } from '@/api/types'
import { packQuery } from '@/packs/queries'
import { DataTable, type Column } from '@/parts/DataTable'
import { FigureValue } from '@/parts/FigureValue'
import { Panel } from '@/parts/Panel'
import { RefLink } from '@/parts/RefLink'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'

type Input = Proposal['inputs'][number]

/** Inputs are the figures that a rule asked, each explained by a click. */
export function Inputs({ proposal: p }: { proposal: Proposal }) {
  const say = useWords()
  return (
    <Panel flush title={say('ui.proposal.inputs')} note={say('ui.proposal.inputs.hint')}>
      <InputTable inputs={p.inputs} pack={p.pack.id} />
    </Panel>
  )
}

/** InputTable lists a rule's figures with their answers, by the pack's own names. */
export function InputTable({ inputs, pack }: { inputs: Input[]; pack: string }) {
  const say = useWords()
  const text = useText()
  const f = useFormat()
  const { data } = useQuery(packQuery(pack))
  const named = (i: Input) => data?.inputs.find((d) => d.name === i.name)
  const columns: Column<Input>[] = [
    { key: 'name', head: say('ui.proposal.input'), cell: (i) => { const d = named(i); return d ? text(d.names) : i.name }, main: true },
    { key: 'value', head: say('ui.figure.value'), cell: (i) => <FigureValue answer={i.answer} size="inline" />, numeric: true },
    { key: 'window', head: say('ui.figure.window'), cell: ({ answer: a }) => <span className="nowrap">{a.from === a.to ? f.dayShort(a.to) : `${f.dayShort(a.from)} – ${f.dayShort(a.to)}`}</span> },
    { key: 'asOf', head: say('ui.figure.asOf'), cell: (i) => <span className="nowrap">{f.at(i.answer.as_of)}</span>, wide: true },
    { key: 'rows', head: say('ui.figure.rows'), cell: (i) => f.number(i.answer.source_count), numeric: true, wide: true },
    { key: 'term', head: say('ui.proposal.term'), cell: (i) => <code>{i.name}</code>, wide: true },
    { key: 'figure', head: say('ui.figure'), cell: (i) => <RefLink to={{ kind: 'figure', id: i.answer.figure }}><code>{i.answer.figure}</code></RefLink>, wide: true },
  ]
  return <DataTable label={say('ui.proposal.inputs')} columns={columns} rows={inputs} rowKey={(i) => i.name} />
}
