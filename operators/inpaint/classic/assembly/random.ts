let state: u32 = 1

export function seed(value: u32): void {
  state = value | 1
}

// xorshift (Marsaglia 2003): the same numbers on every machine
// @ts-ignore: decorator
@inline
export function random(below: i32): i32 {
  state ^= state << 13
  state ^= state >> 17
  state ^= state << 5
  return <i32>((<u64>state * <u64>below) >> 32)
}
