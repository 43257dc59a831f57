/** The look of a page: light and dark by the reader's setting, and printable. The width between lane lines is that of lanes.ts. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2128; --dim: #656d76; --paper: #fff; --band: #f6f8fa; --line: #d0d7de;
  --bad: #b42318; --good: #116329; --mark: #fff8c5; --accent: #0550ae; --strong: #953800; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9198a1; --paper: #0d1117; --band: #161b22; --line: #3d444d;
  --bad: #ff9492; --good: #4ae168; --mark: #3a2d0a; --accent: #79c0ff; --strong: #ffb77c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 120rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .5rem; max-width: 60rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; max-width: 60rem; } pre { overflow-x: auto; padding: .75rem 1rem; background: var(--band); border-radius: .4em; line-height: 1.4; } pre, code, .value, .lane, svg text { font-family: ui-monospace, monospace; font-size: .85em; }
.verdict { display: inline-block; padding: 0 .5em; border: 1px solid; border-radius: 1em; font-size: .75rem; font-weight: 600; vertical-align: .15em; margin-right: .5em; }
.violated { color: var(--bad); } .reached { color: var(--good); } .dim { color: var(--dim); }
nav { position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem; padding: .5rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
button { font: inherit; color: inherit; background: var(--band); border: 1px solid var(--line); border-radius: .4em; padding: .1em .7em; cursor: pointer; }
kbd { font: inherit; font-size: .8em; border: 1px solid var(--line); border-radius: .3em; padding: 0 .35em; }
fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .1rem .9rem; } fieldset label { font-size: .85rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; } th { text-align: left; font-weight: 600; font-size: .8rem; vertical-align: bottom; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); } td { vertical-align: top; }
td.number { color: var(--dim); text-align: right; white-space: nowrap; } td.number a { color: inherit; }
th.lanes, td.lanes { padding-left: 0; padding-right: 0; white-space: nowrap; }
td.lanes { background: repeating-linear-gradient(to right, transparent 0 65.5px, var(--line) 65.5px 66.5px, transparent 66.5px 132px); print-color-adjust: exact; }
.lane { display: inline-block; text-align: center; overflow: hidden; text-overflow: ellipsis; }
svg { display: block; } .arrow { stroke: var(--accent); stroke-width: 1.5; } .head, .dot { fill: var(--accent); } .self { fill: none; stroke: var(--accent); }
svg text { fill: var(--ink); text-anchor: middle; font-size: 9.5px; }
td.story { min-width: 26rem; max-width: 44rem; } .says { font-weight: 600; } .change { color: var(--dim); overflow-wrap: anywhere; white-space: pre-wrap; line-height: 1.35; }
td.value, th.value { text-align: center; white-space: nowrap; border-left: 1px solid transparent; } th.first, td.first { border-left-color: var(--line); }
td.same { color: var(--dim); } td.changed { color: var(--strong); font-weight: 700; }
tr.loop td.number { border-left: 4px solid var(--strong); } tr[aria-current] { background: var(--mark); } tr:focus { outline: none; }
td.last { color: var(--bad); } .reached-last { color: var(--good); }
.state { columns: 34rem; column-gap: 2rem; margin: .5rem 0; } .state div { break-inside: avoid; overflow-wrap: anywhere; padding-left: 1.2em; text-indent: -1.2em; }
.state .now { color: var(--strong); font-weight: 600; } [hidden] { display: none; }
@media print { nav, .screen { display: none; } body { padding: 0; font-size: 11px; } .wide { overflow: visible; } tr { break-inside: avoid; } thead { display: table-header-group; } tr[aria-current] { background: none; } }
`;
