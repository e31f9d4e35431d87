import { useQuery } from '@tanstack/react-query'
import { useAct } from '@/api/act'
import { answer, api, keyed } from '@/api/client'
import { Asked } from '@/parts/Asked'
import { RefLink } from '@/parts/RefLink'
import { useStatus } from '@/state/status'
import { useWords } from '@/words/useWords'
import { NoticeForm, type NoticeInput } from './NoticeForm'
import { publicFormQuery, Thanks } from './PublicNotice'

/** OfficerNotice is the same form for signed-in staff: a clinician, a school, the hotline. Its signal is a click away. */
export default function OfficerNotice() {
  const say = useWords()
  const status = useStatus()
  const form = useQuery(publicFormQuery)
  const act = useAct((input: NoticeInput, key) => answer(api.POST('/v1/notices', { body: { ...input, status }, ...keyed(key) })))
  return (
    <div className="stack" style={{ maxWidth: 640 }}>
      <h1>{say('ui.notice.title')}</h1>
      {act.data ? (
        <>
          <Thanks id={act.data.id} again={act.reset} />
          {act.data.signal && <RefLink to={{ kind: 'signal', id: act.data.signal }}>{say('ui.notice.signal')}</RefLink>}
        </>
      ) : (
        <>
          <p className="ink-2">{say('ui.notice.intro.officer')}</p>
          <Asked query={form} rows={8}>{(f) => <NoticeForm form={f} act={act} />}</Asked>
        </>
      )}
    </div>
  )
}
