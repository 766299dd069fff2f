'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Canvas } from '../canvas/canvas'
import { useReveal } from '../canvas/use-reveal'
import { useScene } from '../canvas/use-scene'
import { useViewer } from '../canvas/use-viewer'
import { Panel } from '../panel/panel'
import { useWords } from '../text/words'
import type { ToolCard } from '../tools/card'
import { useCurrentTool } from '../tools/use-current-tool'
import { BenchProvider, type SheetName } from './bench'
import { BottomBar } from './bottom-bar'
import { Dock } from './dock'
import { Header } from './header'
import { LiveRegion } from './live-region'
import { Rail } from './rail'
import { Toasts } from './toasts'
import { useBenchState } from './use-bench-state'
import { useHandlers } from './use-handlers'
import { usePageEvents } from './use-page-events'
import { useShortcuts } from './use-shortcuts'

const BatchStrip = dynamic(() => import('../strip/batch-strip').then((module) => module.BatchStrip), { ssr: false })
const Sheets = dynamic(() => import('../sheets/sheets').then((module) => module.Sheets), { ssr: false })

interface WorkbenchProps {
  cards: readonly ToolCard[]
  /** The tool of the address, as the server saw it. */
  served: string
}

export function Workbench({ cards, served }: WorkbenchProps) {
  const { t } = useWords()
  const [card, openTool] = useCurrentTool(cards, served)
  const [sheet, show] = useState<SheetName | null>(null)
  const bench = useBenchState(cards, card, { show, openTool })
  const { scene, layout, onSize } = useScene(bench)
  const viewer = useViewer(layout)
  const { down, up } = useHandlers(bench, viewer)
  useShortcuts(down, up)
  usePageEvents(bench)
  useReveal(bench, layout, viewer)

  return (
    <BenchProvider value={bench}>
      <div className="bench">
        <Header />
        <Rail cards={cards} />
        <main className="contents">
          <h1 className="sr-only">{bench.words.title}</h1>
          <Canvas {...{ viewer, scene, layout, onSize }} />
        </main>
        <aside
          aria-label={t('panel')}
          className="overflow-y-auto border-line border-l bg-surface [grid-area:panel] max-md:hidden"
        >
          <Panel withRun />
        </aside>
        {bench.session.items.length > 1 && <BatchStrip />}
        <Dock />
        <BottomBar />
      </div>
      {sheet && <Sheets cards={cards} open={sheet} />}
      <Toasts />
      <LiveRegion />
    </BenchProvider>
  )
}
