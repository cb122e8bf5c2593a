/** How the page looks: system fonts, colours of a contrast of at least 4.5 in light and dark, visible focus, no motion. */
export const style = `
:root{--bg:#fff;--fg:#1b1f24;--soft:#57606a;--line:#d0d7de;--card:#f6f8fa;--high:#a40e26;--medium:#7d4e00;--low:#0550ae;--safe:#116329;--added:#116329;--focus:#0550ae}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9198a1;--line:#3d444d;--card:#161b22;--high:#ff8182;--medium:#e3b341;--low:#79c0ff;--safe:#56d364;--added:#56d364;--focus:#79c0ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:68rem;padding:1rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:.5rem 0}
header{border-left:.5rem solid var(--safe);padding:.5rem 1rem;background:var(--card)}header.dangerous{border-color:var(--high)}header.attention{border-color:var(--medium)}header p{margin:0;color:var(--soft)}
header.dangerous h1{color:var(--high)}header.attention h1{color:var(--medium)}header.safe h1{color:var(--safe)}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--card);padding:.1em .3em;border-radius:.3em}
ul{padding-left:1.25rem;margin:.25rem 0}.items,.boxes{list-style:none;padding:0}
.items>li{border-left:.3rem solid var(--low);padding:.25rem .75rem;margin:.5rem 0;background:var(--card)}.items>.high{border-color:var(--high)}.items>.medium{border-color:var(--medium)}
.id{font-weight:600}.high .id{color:var(--high)}.medium .id{color:var(--medium)}.low .id{color:var(--low)}
summary{cursor:pointer}p{margin:.35rem 0}.note,em{color:var(--soft)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}th[scope=row]{text-align:left;font-weight:400}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem}.boxes{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem}
.boxes li{border:1px solid var(--line);border-radius:.4rem;padding:.4rem .6rem;background:var(--card)}.boxes span{display:block;color:var(--soft);font-size:.85rem}
.boxes .danger{border:2px solid var(--high)}.boxes .removed{border:2px dashed var(--high)}.boxes .added{border:2px solid var(--added)}.boxes .changed{border:2px solid var(--medium)}
.sign{display:inline-block;min-width:2rem;font-family:ui-monospace,monospace}
.spoken,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
a{color:var(--low)}:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
@media print{details{display:block}details>*{display:block}}
`;
