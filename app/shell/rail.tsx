'use client'
import { Code, Cpu, Webhook } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../text/words'
import type { ToolCard } from '../tools/card'
import { ToolIcon } from '../tools/tool-icon'
import { toolWords } from '../tools/tool-words'
import { useBench } from './bench'

/** The tools down the left side; along the bottom on a phone. */
export function Rail({ cards }: { cards: readonly ToolCard[] }) {
  const { t, locale } = useWords()
  const { card, do: commands } = useBench()
  return (
    <nav
      aria-label={t('tools')}
      className="flex flex-col justify-between border-line border-r bg-surface p-1.5 [grid-area:rail] max-md:flex-row max-md:border-t max-md:border-r-0 max-md:p-1"
    >
      <ul className="flex min-w-0 flex-col gap-1 max-md:flex-1 max-md:flex-row max-md:overflow-x-auto">
        {cards.map((tool) => (
          <li key={tool.id}>
            <a
              href={`/tools/${tool.id}`}
              aria-current={tool.id === card.id ? 'page' : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                commands.openTool(tool.id)
              }}
              ref={tool.id === card.id ? intoSight : undefined}
              className={RAIL_ITEM}
            >
              <ToolIcon node={tool.icon} />
              {toolWords(tool, locale).title}
            </a>
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-1 max-md:flex-row">
        <RailButton onClick={() => commands.show('developer')} label={t('developerShort')}>
          <Code size={20} strokeWidth={1.75} aria-hidden />
        </RailButton>
        <RailButton onClick={() => commands.show('webhooks')} label={t('webhooks')}>
          <Webhook size={20} strokeWidth={1.75} aria-hidden />
        </RailButton>
        <RailButton onClick={() => commands.show('device')} label={t('deviceShort')}>
          <Cpu size={20} strokeWidth={1.75} aria-hidden />
        </RailButton>
      </div>
    </nav>
  )
}

/** On a phone the tools scroll sideways. */
const intoSight = (link: HTMLElement | null) => link?.scrollIntoView({ block: 'nearest', inline: 'nearest' })

const RAIL_ITEM =
  'flex w-full flex-col items-center gap-1 rounded-md px-1 py-2 text-center text-[0.6875rem] text-muted leading-3.5 transition-colors duration-150 hover:bg-raised hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text max-md:min-h-12 max-md:w-[4.1rem] max-md:py-1.5'

function RailButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className={RAIL_ITEM}>
      {children}
      {label}
    </button>
  )
}
