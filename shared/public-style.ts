/** The whole style of a public page; the door that serves one allows exactly this by its hash. */
export const PUBLIC_STYLE = `
:root { color-scheme: light dark; --ground: #fff; --ink: #121714; --soft: #434d48; --line: #c9d0cc; font: 100%/1.5 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { :root { --ground: #141917; --ink: #eef2f0; --soft: #b4beb9; --line: #414a46; } }
* { margin: 0; padding: 0; box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); }
main { max-inline-size: 42rem; margin: 0 auto; padding: 2.5rem 1.25rem; display: grid; gap: 2rem; overflow-wrap: anywhere; grid-template-columns: minmax(0, 1fr); }
header { display: grid; gap: .5rem; }
h1 { font-size: 2rem; line-height: 1.2; }
ol { list-style: none; display: grid; gap: 2rem; }
li { border-block-start: 1px solid var(--line); padding-block-start: 1.25rem; }
article { display: grid; gap: .5rem; }
h2 { font-size: 1.125rem; }
h2 span, .did { display: block; font-size: .875rem; font-weight: 600; color: var(--soft); }
.soft { font-size: .875rem; color: var(--soft); }
a { color: inherit; text-underline-offset: .2em; }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 3px; }
`
