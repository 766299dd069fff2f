import type { LucideIconNode } from 'lucide-react'
import dynamicIconImports from 'lucide-react/dynamicIconImports'

/** The shapes of a lucide icon. */
export type IconNode = readonly LucideIconNode[]

/** @param name as in `Spec.icon`; a name that lucide does not have is a mistake in the spec */
export async function iconNode(name: string): Promise<IconNode> {
  const load = dynamicIconImports[name as keyof typeof dynamicIconImports]
  if (!load) throw new TypeError(`lucide has no icon "${name}"`)
  const { __iconData } = (await load()) as unknown as { __iconData: { node: IconNode } }
  return __iconData.node
}
