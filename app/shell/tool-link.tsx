'use client'
import type { ReactNode, Ref } from 'react'
import type { ToolCard } from '../tools/card'
import { useBench } from './bench'

interface ToolLinkProps {
  tool: ToolCard
  title?: string
  className: string
  ref?: Ref<HTMLAnchorElement>
  children: ReactNode
}

/** Opens a tool on this page; with a modifier key, as any link, beside it. */
export function ToolLink({ tool, children, ...rest }: ToolLinkProps) {
  const { card, do: commands } = useBench()
  return (
    <a
      href={`/tools/${tool.id}`}
      aria-current={tool.id === card.id ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        commands.openTool(tool.id)
      }}
      {...rest}
    >
      {children}
    </a>
  )
}
