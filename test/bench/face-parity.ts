export async function measureParity(): Promise<void> {}
