'use client'
import { Grid3x3 } from 'lucide-react'
import { useMemo } from 'react'
import type { VectorSpec } from '../../core/operator'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { entriesOf } from './entries'

/** Opens the comparison, once there is something to compare or to keep. */
export function CompareButton() {
  const { card } = useBench()
  return card.vectors && <Open vectors={card.vectors} />
}

function Open({ vectors }: { vectors: VectorSpec }) {
  const { t } = useWords()
  const { session, do: commands } = useBench()
  const count = useMemo(() => entriesOf(session.items, vectors).length, [session.items, vectors])
  if (count === 0) return null
  return (
    <Button size="small" onClick={() => commands.show('vectors')}>
      <Grid3x3 size={13} aria-hidden />
      {t('vectorsCompare', { count })}
    </Button>
  )
}
