/** As much of it as the simulator asks of workerd, which has it; its types would bring all of Node's along. */
declare module 'node:crypto' {
  export function createHash(algorithm: 'sha256'): {
    update(bytes: Uint8Array): { digest(): Uint8Array }
  }
}
