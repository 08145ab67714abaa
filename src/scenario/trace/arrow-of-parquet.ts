/** A Parquet file as an Arrow stream; needs Node, whose build of the package names no DOM. */
export async function arrowOfParquet(bytes: Uint8Array): Promise<Uint8Array> {
  const { readParquet } = (await import('parquet-wasm/node')) as typeof import('parquet-wasm/node');
  return readParquet(bytes).intoIPCStream();
}
