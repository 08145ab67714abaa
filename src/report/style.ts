/** The page's style sheet: light and dark, screen and print. Series colours are Okabe and Ito's, told apart by all. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1c2024;--muted:#5f6b76;--line:#d8dde2;--soft:#f3f5f7;--accent:#0b62b0;--heat:#0b62b0;
--s1:#0072b2;--s2:#d55e00;--s3:#009e73;--s4:#b0568a;--s5:#8a6d00;--s6:#3a8fc4;--s7:#555;--s8:#7a3e9d}
@media (prefers-color-scheme:dark){:root{--paper:#14181c;--ink:#e4e8ec;--muted:#9ba7b2;--line:#39424b;--soft:#1e242a;--accent:#6cb6ff;--heat:#2b6cb5;
--s1:#56b4e9;--s2:#ff9a4d;--s3:#2fc79a;--s4:#e39cc4;--s5:#f0e442;--s6:#8fd0ff;--s7:#bbb;--s8:#c39be0}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:58rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
h1{font-size:1.7rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-top:1px solid var(--line);padding-top:1.2rem}
h3{font-size:1.05rem;margin:1.6rem 0 .3rem}a{color:var(--accent)}
.headline{font-size:1.2rem}.headline strong{color:var(--accent)}
.small,figcaption{color:var(--muted);font-size:.9rem}figure{margin:1rem 0}figcaption{margin-bottom:.3rem}
.wide{overflow-x:auto}.wide:focus{outline:2px solid var(--accent)}
svg.plot{display:block;max-width:100%;height:auto;background:none;color:var(--ink);font:12px system-ui,sans-serif;overflow:visible}
table{border-collapse:collapse;font-size:.85rem;margin:.5rem 0;font-variant-numeric:tabular-nums}caption{text-align:left;color:var(--muted);padding-bottom:.3rem}
th,td{border-bottom:1px solid var(--line);padding:.25rem .6rem;text-align:right;vertical-align:top}th[scope=row],thead th:first-child{text-align:left;font-weight:500}
td.text{text-align:left}details{margin:.3rem 0 1rem}summary{cursor:pointer;color:var(--accent);font-size:.9rem}
code{overflow-wrap:anywhere}pre,code{font-family:ui-monospace,monospace;font-size:.85rem}pre{background:var(--soft);padding:.8rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
li{margin:.2rem 0}.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:0 0 .4rem;padding:0;font-size:.85rem}.legend span{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.35em;print-color-adjust:exact}
@media screen and (max-width:40rem){.wide>svg.plot{max-width:none;width:44rem}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--muted:#444;--line:#bbb;--soft:#f5f5f5;--accent:#00407a;--heat:#0b62b0;
--s1:#0072b2;--s2:#d55e00;--s3:#009e73;--s4:#b0568a;--s5:#8a6d00;--s6:#3a8fc4;--s7:#555;--s8:#7a3e9d}
body{max-width:none;padding:0;font-size:10.5pt}figure,tr,pre{break-inside:avoid}h2,h3{break-after:avoid}.wide{overflow:visible}}
`;
