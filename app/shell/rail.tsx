'use client'
import { Code, Cpu, PanelLeftClose, PanelLeftOpen, Search, Webhook } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { railFolded } from '../state/preferences'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import type { ToolCard } from '../tools/card'
import { type ToolGroup, toolGroups } from '../tools/tool-groups'
import { ToolIcon } from '../tools/tool-icon'
import { toolWords } from '../tools/tool-words'
import { useBench } from './bench'
import { BenchLink } from './bench-link'
import { DashboardLink } from './dashboard-link'
import { FolderLink } from './folder-link'
import { LibraryLink } from './library-link'
import { ToolLink } from './tool-link'

/** The tools down the left side, by what they are for. Icons alone where it is narrow or folded; a phone has a bar. */
export function Rail({ cards }: { cards: readonly ToolCard[] }) {
  const { t } = useWords()
  const { do: commands } = useBench()
  const folded = useStore(railFolded)
  const Fold = folded ? PanelLeftOpen : PanelLeftClose
  return (
    <nav
      aria-label={t('tools')}
      data-folded={folded || undefined}
      className="group/rail flex min-h-0 flex-col border-line border-r bg-surface [grid-area:rail] max-md:hidden"
    >
      <div className="p-2 pb-0">
        <RailButton label={t('findTool')} onClick={() => commands.show('tools')}>
          <Search size={20} strokeWidth={1.75} aria-hidden />
        </RailButton>
      </div>
      <div className="flex min-h-0 grow flex-col gap-2 overflow-y-auto p-2">
        {toolGroups(cards).map((group) => (
          <Group key={group.job} {...group} />
        ))}
      </div>
      <div className="flex flex-col gap-0.5 border-line border-t p-2">
        <RailButton onClick={() => commands.show('developer')} label={t('developerShort')}>
          <Code size={20} strokeWidth={1.75} aria-hidden />
        </RailButton>
        <RailButton onClick={() => commands.show('webhooks')} label={t('webhooks')}>
          <Webhook size={20} strokeWidth={1.75} aria-hidden />
        </RailButton>
        <DashboardLink className={RAIL_ITEM} labelClassName={LABEL} />
        <BenchLink className={RAIL_ITEM} labelClassName={LABEL} />
        <RailButton onClick={() => commands.show('device')} label={t('deviceShort')}>
          <Cpu size={20} strokeWidth={1.75} aria-hidden />
        </RailButton>
        <div className="max-xl:hidden">
          <RailButton onClick={() => railFolded.set(!folded)} label={t(folded ? 'unfoldRail' : 'foldRail')}>
            <Fold size={20} strokeWidth={1.75} aria-hidden />
          </RailButton>
        </div>
      </div>
    </nav>
  )
}

function Group({ job, cards }: ToolGroup) {
  const { t, locale } = useWords()
  const heading = useId()
  return (
    <section
      aria-labelledby={heading}
      className="flex flex-col gap-0.5 not-first:border-line not-first:border-t not-first:pt-2"
    >
      <h2 id={heading} className={`px-2 pb-0.5 font-semibold text-muted text-xs ${LABEL}`}>
        {t(`job_${job}`)}
      </h2>
      <ul className="flex flex-col gap-0.5">
        {cards.map((tool) => {
          const { title, summary } = toolWords(tool, locale)
          return (
            <li key={tool.id}>
              <ToolLink tool={tool} title={`${title}. ${summary}`} className={RAIL_ITEM} ref={intoSight}>
                <ToolIcon node={tool.icon} />
                <span className={LABEL}>{title}</span>
              </ToolLink>
            </li>
          )
        })}
        {job === 'copies' && (
          <li>
            <LibraryLink className={RAIL_ITEM} labelClassName={LABEL} />
          </li>
        )}
        {job === 'copies' && (
          <li>
            <FolderLink className={RAIL_ITEM} labelClassName={LABEL} />
          </li>
        )}
      </ul>
    </section>
  )
}

/** The list scrolls where the window is low. */
const intoSight = (link: HTMLElement | null) => {
  if (link?.ariaCurrent === 'page') link.scrollIntoView({ block: 'nearest' })
}

/** Still there for those who do not see the icon. */
const LABEL = 'max-xl:sr-only group-data-folded/rail:sr-only'

const RAIL_ITEM =
  'flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left text-muted text-sm leading-4 transition-colors duration-150 hover:bg-raised hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text [&>svg]:shrink-0'

function RailButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} title={label} className={RAIL_ITEM}>
      {children}
      <span className={LABEL}>{label}</span>
    </button>
  )
}
