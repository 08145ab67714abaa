/** SHA-256 of some bytes, in hexadecimal; where there is Node and where there is not. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  // Not node:crypto: this one is in browsers, too. A view of shared memory is copied, which it does not take.
  const own =
    bytes.buffer instanceof ArrayBuffer
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : new Uint8Array(bytes);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', own));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
