import type { Viewer } from '../canvas/use-viewer'
import type { View } from '../canvas/view-transform'

/** Where the picture lies at this moment, also while it glides to where the view says. */
export function viewOnScreen({ sheet, view }: Viewer): { readonly view: View; readonly moves: boolean } {
  const element = sheet.current
  if (!element || element.getAnimations().length === 0) return { view: view.get(), moves: false }
  const { a, e, f } = new DOMMatrix(getComputedStyle(element).transform)
  return { view: { scale: a, x: e, y: f }, moves: true }
}
