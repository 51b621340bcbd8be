// @ts-check
// The first step of every npm script. Written so that any Node since 14 can
// parse it: an old Node should say what is wrong, not show a syntax error.

var parts = process.versions.node.split('.')
var major = Number(parts[0])
var minor = Number(parts[1])

if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    'Wince needs Node 22.12 or newer and this is Node ' +
      process.versions.node +
      ': install a newer Node, or run "npm ci" on a system the npm package "node" supports, which brings one along.',
  )
  process.exit(1)
}
