import { DARK, declarations, LIGHT, PRINT } from './palette.js';

/**
 * The page's style sheet: light and dark, screen, phone and print. Figures are drawn for two widths, and their place says which is
 * shown; what is folded on a screen is unfolded on paper.
 */
export const STYLE = `
:root{color-scheme:light dark;${declarations(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${declarations(DARK)}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:58rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
h1{font-size:1.7rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-top:1px solid var(--line);padding-top:1.2rem}
h3{font-size:1.05rem;margin:1.6rem 0 .3rem}a{color:var(--accent)}
h1,h2,h3,p,li,dd,td,th{overflow-wrap:anywhere}
.headline{font-size:1.2rem}.headline strong{color:var(--accent)}
.mind{border-left:4px solid var(--warn);background:var(--soft);padding:.5rem .8rem}.mind strong{color:var(--warn)}
.answer dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.3rem 1rem;margin:.8rem 0}.answer dt{color:var(--muted)}.answer dd{margin:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:.8rem;margin:.8rem 0;padding:0;list-style:none}
.cards li{border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;margin:0;break-inside:avoid}.cards strong{display:block;font-size:1.3rem;line-height:1.3}.cards span{display:block}
nav ol{columns:18rem;margin:.3rem 0;padding-left:1.4rem}
.small{color:var(--muted);font-size:.9rem}figure{margin:1.2rem 0;container-type:inline-size}figcaption{margin-bottom:.2rem}figure>.small{margin:.1rem 0 .4rem}
.foot{font-size:.8rem}.links a{margin-left:.6rem;display:inline-block;min-height:24px;min-width:24px}
.wide{overflow-x:auto}.wide:focus{outline:2px solid var(--accent)}
svg.plot{display:block;max-width:100%;height:auto;background:none;color:var(--ink);font:12px system-ui,sans-serif;overflow:visible}
svg.narrow{width:100%;max-width:30rem}.by-width>.narrow{display:none}
@container (max-width:39rem){.by-width>.wide{display:none}.by-width>.narrow{display:block}}
table{border-collapse:collapse;font-size:.85rem;margin:.5rem 0;font-variant-numeric:tabular-nums}caption{text-align:left;color:var(--muted);padding-bottom:.3rem}
th,td{border-bottom:1px solid var(--line);padding:.25rem .6rem;text-align:right;vertical-align:top}th[scope=row],thead th:first-child{text-align:left;font-weight:500}
.wide td,.wide th{overflow-wrap:normal}
td.text{text-align:left}details{margin:.3rem 0 1rem}summary{cursor:pointer;color:var(--accent);font-size:.9rem;min-height:24px}
code{overflow-wrap:anywhere}pre,code{font-family:ui-monospace,monospace;font-size:.85rem}pre{background:var(--soft);padding:.8rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
li{margin:.2rem 0}.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:0 0 .4rem;padding:0;font-size:.85rem}.legend span{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.35em;print-color-adjust:exact}
@media screen and (max-width:40rem){.wide>svg.plot{max-width:none;width:44rem}.answer dl{display:block}.answer dd{margin:0 0 .5rem}}
@media print{:root{color-scheme:light;${declarations(PRINT)}}
body{max-width:none;padding:0;font-size:10.5pt}figure,tr,pre{break-inside:avoid}h2,h3,figcaption{break-after:avoid}.wide{overflow:visible}
details::details-content{content-visibility:visible;display:block;block-size:auto}summary{list-style:none;color:var(--ink)}caption,.links{display:none}
table{font-size:7.5pt}th,td{padding:.15rem .3rem}.wide td,.wide th{overflow-wrap:anywhere}thead{display:table-header-group}
details.long{display:none}.by-width>.wide{display:block}.by-width>.narrow{display:none}}
`;
