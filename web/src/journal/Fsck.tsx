import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { asProblem, type Problem } from '@/api/problem'
import type { Flaw, Fsck as Report } from '@/api/types'
import { DataTable, type Column } from '@/parts/DataTable'
import { Facts } from '@/parts/Facts'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { RefLink } from '@/parts/RefLink'
import { EmptyState, ErrorState, Skeleton } from '@/parts/states'
import { Tag } from '@/parts/Tag'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { check } from './queries'

/** Fsck compares every record with what was journalled, and verifies the chain. */
export default function Fsck() {
  const say = useWords()
  const run = useMutation<Report, Problem>({ mutationFn: () => check().catch((e: unknown) => { throw asProblem(e) }) })
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.fsck')} actions={
        <Button leftSection={<IconShieldCheck size={15} />} loading={run.isPending} onClick={() => run.mutate()}>{say('ui.fsck.run')}</Button>
      }>{say('ui.fsck.text')}</PageHead>
      <div className="stack" aria-live="polite">
        {run.isPending && <Panel flush title={say('ui.fsck.running')}><Skeleton rows={4} /></Panel>}
        {run.error && <ErrorState error={run.error} retry={() => run.mutate()} />}
        {run.data && <Found report={run.data} />}
        {run.isIdle && <Panel flush title={say('ui.fsck.report')}><EmptyState title={say('ui.fsck.notYet')}>{say('ui.fsck.notYet.text')}</EmptyState></Panel>}
      </div>
    </div>
  )
}

function Found({ report: r }: { report: Report }) {
  const say = useWords()
  const f = useFormat()
  const clean = r.flaws.length === 0
  return (
    <>
      <Panel title={say('ui.fsck.report')} note={clean
        ? <Tag tone="good" shape="check" solid>{say('ui.fsck.clean')}</Tag>
        : <Tag tone="bad" shape="cross" solid>{say('ui.fsck.flaws', { n: f.number(r.flaws.length) })}</Tag>}>
        <Facts facts={[
          [say('ui.fsck.records'), f.number(r.records)],
          [say('ui.fsck.entries'), f.number(r.entries)],
          [say('ui.fsck.linked'), f.number(r.linked)],
          [say('ui.journal.head'), <code key="h">{r.head}</code>],
        ]} />
      </Panel>
      {!clean && <Panel flush title={say('ui.fsck.broken')}><Flaws flaws={r.flaws} /></Panel>}
    </>
  )
}

function Flaws({ flaws }: { flaws: Flaw[] }) {
  const say = useWords()
  const f = useFormat()
  const columns: Column<Flaw>[] = [
    { key: 'kind', head: say('ui.fsck.kind'), cell: (x) => <Tag tone="bad" shape="cross">{say(`ui.fsck.kind.${x.kind}`)}</Tag> },
    { key: 'ref', head: say('ui.journal.record'), cell: (x) => <RefLink to={x.ref} />, main: true },
    { key: 'seq', head: say('ui.journal.seq'), cell: (x) => x.seq ? f.number(x.seq) : noValue, numeric: true },
    { key: 'problem', head: say('ui.fsck.problem'), cell: (x) => <span lang="en">{x.problem}</span> },
  ]
  return <DataTable label={say('ui.fsck.broken')} columns={columns} rows={flaws} rowKey={(x) => `${x.kind}/${x.ref.kind}/${x.ref.id}/${x.seq ?? ''}`} />
}
