import { openModelShelf } from '../../workers/models/shelf'
import { serverShelf } from './server-shelf'
import { ShelfStore } from './shelf-store'

/** The shelf of this device and its server; it follows what other pages and runs change. */
export async function openShelf(): Promise<ShelfStore> {
  const device = openModelShelf()
  const shelf = new ShelfStore(device, serverShelf, () => performance.now())
  device.subscribe(() => void shelf.refresh())
  await shelf.refresh()
  return shelf
}
