import type { ReactNode } from 'react'

interface SectionProps {
  title: string
  aside?: ReactNode
  children: ReactNode
}

export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-3 px-4 py-4" aria-label={title}>
      <div className="flex h-6 items-center justify-between">
        <h2 className="font-semibold text-muted text-xs">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
