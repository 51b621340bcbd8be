/** Where a workspace's picture lies; never shared across workspaces, or a hash would tell what others have. */
export function pictureKey(workspaceId: string, sha256: string): string {
  return `o/${workspaceId}/${sha256}`
}

/** The hash in a key of `pictureKey`'s. */
export function hashOfKey(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}
