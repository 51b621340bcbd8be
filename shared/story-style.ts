/** The whole style of a story; the door that serves one allows exactly this by its hash. */
export const STORY_STYLE = `
:root { color-scheme: light; font: 100%/1.4 system-ui, sans-serif; }
html { background: #fff; color: #121714; font-size: clamp(16px, 1.25vw, 28px); }
body { max-inline-size: 60rem; margin: 0 auto; padding: 2rem 1.5rem; overflow-wrap: anywhere; display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
* { margin: 0; padding: 0; box-sizing: border-box; }
h1 { font-size: 1.75rem; line-height: 1.2; }
ol { list-style: none; display: grid; gap: .75rem; }
.soft { color: #434d48; }
.went { font-size: 1.25rem; font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .75rem; }
.figures div { display: grid; border-block-start: 2px solid #121714; padding-block-start: .25rem; }
.figures dt { order: 2; color: #434d48; font-size: .875rem; }
.figures dd { font-size: 2rem; font-weight: 600; }
svg { display: block; inline-size: 100%; block-size: auto; overflow: visible; }
svg text { font-size: 12px; fill: #434d48; }
svg .on { text-transform: capitalize; }
svg .digit { font-weight: 700; fill: #121714; }
svg .base { stroke: #78837d; stroke-width: 1.5; fill: none; }
svg .lane { fill: #e9ece9; }
svg .phone { fill: #d3ddd8; }
svg .wait { fill: url(#hatch); stroke: #5a645f; }
svg .hatch { stroke: #5a645f; }
svg .fold { fill: #fff; stroke: #5a645f; }
svg .tick { stroke-width: 6; fill: none; }
svg .w1 { stroke: #a67b00; }
svg .w2 { stroke: #c2670a; }
svg .w3 { stroke: #8a2a0c; }
svg .ok { stroke: #1f5fbf; }
.note { display: flex; flex-wrap: wrap; gap: .25rem .75rem; break-inside: avoid; }
.note div { flex: 1 1 16rem; }
.note blockquote { font-size: 1.0625rem; font-weight: 600; white-space: pre-line; }
.note .soft { font-size: .875rem; }
.note img { max-inline-size: 13rem; max-block-size: 7rem; inline-size: auto; block-size: auto; border: 1px solid #78837d; }
.tile { display: grid; place-items: center; inline-size: 2rem; block-size: 2rem; border-radius: .25rem; font-weight: 700; }
.t1 { background: #f2cb68; color: #4a3700; }
.t2 { background: #e2801a; color: #2e1800; }
.t3 { background: #8a2a0c; color: #fff; }
.liked { background: #1f5fbf; border-radius: 50%; }
.liked svg { inline-size: 1.25em; fill: none; stroke: #fff; stroke-width: 1.8; stroke-linecap: round; }
.first { border: 2px solid #121714; padding: .75rem 1rem; break-inside: avoid; }
footer { color: #5a645f; font-size: .8125rem; }
@page { size: A4; margin: 12mm; }
@media print {
  html { font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { max-inline-size: none; padding: 0; gap: .875rem; }
  .note img { max-block-size: 24mm; max-inline-size: 44mm; }
}
`
