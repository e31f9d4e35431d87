import { usePeople } from '@/api/people'

/** PersonName names a user. */
export function PersonName({ id }: { id: string | undefined }) {
  return <>{usePeople()(id)}</>
}
