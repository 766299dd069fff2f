import { Icon } from 'lucide-react'
import type { IconNode } from './icon-node'

/** A tool's icon, drawn from its shapes: the page carries those of its tools only. */
export function ToolIcon({ node }: { node: IconNode }) {
  return <Icon icon={{ node: [...node] }} size={20} strokeWidth={1.75} aria-hidden />
}
