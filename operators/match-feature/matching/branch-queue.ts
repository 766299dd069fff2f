/** Branches of trees not yet taken, the nearest first: a binary heap. */
export class BranchQueue {
  readonly #distance: number[] = []
  readonly #tree: number[] = []
  readonly #node: number[] = []

  clear(): void {
    this.#distance.length = this.#tree.length = this.#node.length = 0
  }

  push(distance: number, tree: number, node: number): void {
    let at = this.#distance.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#distance[parent] <= distance) break
      this.#move(parent, at)
      at = parent
    }
    this.#set(at, distance, tree, node)
  }

  pop(): { distance: number; tree: number; node: number } | undefined {
    if (this.#distance.length === 0) return undefined
    const top = { distance: this.#distance[0], tree: this.#tree[0], node: this.#node[0] }
    const [distance, tree, node] = [this.#distance.pop(), this.#tree.pop(), this.#node.pop()] as number[]
    const size = this.#distance.length
    if (size > 0) this.#sink(size, distance, tree, node)
    return top
  }

  #sink(size: number, distance: number, tree: number, node: number): void {
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.#distance[child + 1] < this.#distance[child]) child++
      if (this.#distance[child] >= distance) break
      this.#move(child, at)
      at = child
    }
    this.#set(at, distance, tree, node)
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#distance[from], this.#tree[from], this.#node[from])
  }

  #set(at: number, distance: number, tree: number, node: number): void {
    this.#distance[at] = distance
    this.#tree[at] = tree
    this.#node[at] = node
  }
}
