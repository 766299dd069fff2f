'use client'
import { ChevronsUpDown, Code, Cpu, Webhook } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../text/words'
import { ToolIcon } from '../tools/tool-icon'
import { useBench } from './bench'
import { DashboardLink } from './dashboard-link'

/** On a phone: which tool is open, the way to all others, and what the rail has at its foot. */
export function BottomBar() {
  const { t } = useWords()
  const { card, words, do: commands } = useBench()
  return (
    <nav
      aria-label={t('tools')}
      className="flex items-stretch gap-1 border-line border-t bg-surface p-1.5 pb-[max(0.375rem,env(safe-area-inset-bottom))] [grid-area:rail] md:hidden"
    >
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={t('chooseTool', { tool: words.title })}
        onClick={() => commands.show('tools')}
        className="flex h-12 min-w-0 grow items-center gap-3 rounded-md border border-line bg-raised px-3 text-left text-sm [&>svg]:shrink-0"
      >
        <span className="text-accent-text">
          <ToolIcon node={card.icon} />
        </span>
        <span className="min-w-0 grow truncate">{words.title}</span>
        <ChevronsUpDown size={16} className="text-muted" aria-hidden />
      </button>
      <BarButton label={t('developerShort')} onClick={() => commands.show('developer')}>
        <Code size={20} strokeWidth={1.75} aria-hidden />
      </BarButton>
      <BarButton label={t('webhooks')} onClick={() => commands.show('webhooks')}>
        <Webhook size={20} strokeWidth={1.75} aria-hidden />
      </BarButton>
      <DashboardLink className={BAR_ITEM} labelClassName="sr-only" />
      <BarButton label={t('deviceShort')} onClick={() => commands.show('device')}>
        <Cpu size={20} strokeWidth={1.75} aria-hidden />
      </BarButton>
    </nav>
  )
}

const BAR_ITEM = 'grid h-12 w-11 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink'

function BarButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick} className={BAR_ITEM}>
      {children}
    </button>
  )
}
