'use client'
import dynamic from 'next/dynamic'
import { Panel } from '../panel/panel'
import { type SheetName, useBench } from '../shell/bench'
import { useWords } from '../text/words'
import type { ToolCard } from '../tools/card'
import { Sheet } from '../ui/sheet'
import { DeveloperSheet } from './developer-sheet'
import { DeviceSheet } from './device-sheet'
import { ShortcutSheet } from './shortcut-sheet'
import { ToolSheet } from './tool-sheet'

const WebhooksSheet = dynamic(() => import('../webhooks/webhooks-sheet').then((module) => module.WebhooksSheet), {
  ssr: false,
})

const ModelsSheet = dynamic(() => import('../models/models-sheet').then((module) => module.ModelsSheet), { ssr: false })

const VectorsSheet = dynamic(() => import('../vectors/vectors-sheet').then((module) => module.VectorsSheet), {
  ssr: false,
})

interface SheetsProps {
  cards: readonly ToolCard[]
  open: SheetName
}

/** Whatever lies over the page. Loaded when the first of them is opened. */
export function Sheets({ cards, open }: SheetsProps) {
  const { t } = useWords()
  const { card, words, do: commands } = useBench()
  const close = () => commands.show(null)
  switch (open) {
    case 'tools':
      return (
        <Sheet
          open
          onClose={close}
          side={matchMedia('(min-width: 48rem)').matches ? 'centre' : 'bottom'}
          title={t('tools')}
        >
          <ToolSheet cards={cards} />
        </Sheet>
      )
    case 'device':
      return (
        <Sheet open onClose={close} side="right" title={t('deviceSheet')}>
          <DeviceSheet cards={cards} />
        </Sheet>
      )
    case 'developer':
      return (
        <Sheet open onClose={close} side="wide" title={t('developer')}>
          <DeveloperSheet />
        </Sheet>
      )
    case 'webhooks':
      return (
        <Sheet open onClose={close} side="wide" title={t('webhooks')}>
          <WebhooksSheet />
        </Sheet>
      )
    case 'models':
      return (
        <Sheet open onClose={close} side="wide" title={t('models')}>
          <ModelsSheet cards={cards} />
        </Sheet>
      )
    case 'vectors':
      return (
        <Sheet open onClose={close} side="full" title={`${words.title}: ${t('vectors')}`}>
          {card.vectors && <VectorsSheet vectors={card.vectors} />}
        </Sheet>
      )
    case 'shortcuts':
      return (
        <Sheet open onClose={close} side="centre" title={t('shortcuts')}>
          <ShortcutSheet />
        </Sheet>
      )
    case 'panel':
      return (
        <Sheet open onClose={close} side="bottom" title={words.title}>
          <Panel withRun />
        </Sheet>
      )
  }
}
