"""How /web looks: plain and calm, in one to three columns. Only what gradio's theme leaves open.

Colours are the theme's, which has a light and a dark mode. Nothing is ever wider than the window:
long words break, and on a narrow one the rows of a table become blocks.
"""

from typing import Final

STYLE: Final = """<style>
.gradio-container { max-width: 1400px !important; }
.inbox-title h1 { font-size: 1.5em !important; margin: 0 !important; }
.inbox-title p { margin: 4px 0 0 !important; }
.inbox-card { border: 1px solid var(--border-color-primary); border-radius: 10px;
  padding: 16px 20px; margin: 0 0 12px; overflow-wrap: anywhere; line-height: 1.5; }
.inbox-card h2, .inbox-card h3 { font-size: 1.15em !important; line-height: 1.35 !important;
  margin: 0 0 6px !important; }
.inbox-card p { margin: 0 0 8px !important; }
.inbox-card summary { cursor: pointer; }
.inbox-card :focus-visible, .inbox-card:focus-visible { outline: 2px solid var(--color-accent); }
.inbox-quiet { color: var(--body-text-color-subdued) !important; font-size: .9em; }
.inbox-text { white-space: pre-wrap !important; overflow-wrap: anywhere;
  margin: 12px 0 0 !important; padding: 0 !important; border: 0 !important;
  background: none !important; font: inherit !important; line-height: 1.55 !important; }
.inbox-earlier .inbox-text { border-left: 3px solid var(--border-color-primary) !important;
  padding-left: 12px !important; color: var(--body-text-color-subdued); }
.inbox-message { border-left: 4px solid var(--color-accent); padding: 4px 0 4px 12px;
  overflow-wrap: anywhere; }
.inbox-policy { font-size: .92em; }
.inbox-policy h3 { margin: 14px 0 4px !important; font-size: 1.05em !important; }
.inbox-wide .inbox-policy { max-height: calc(100vh - 24px); overflow-y: auto; margin: 0; }
.inbox-wide { align-self: stretch !important; }
.inbox-narrow { display: none !important; }
.inbox-choice { align-items: flex-end !important; }
.inbox-choice button { margin: 8px 0; }
.oe-visual { max-width: 100% !important; }
.inbox-page .block:has(> .html-container > .prose:empty) { display: none; }
.inbox-page input[type=radio] { border-color: var(--body-text-color-subdued) !important; }
.inbox-choice .wrap { padding: 0 !important; }
.inbox-page textarea, .inbox-page input[type=number], .inbox-choice .wrap {
  border: 1px solid var(--body-text-color-subdued) !important; border-radius: 8px !important;
  padding: 8px 10px; font-family: inherit !important; }
.inbox-score { font-size: 2em; font-weight: 700; }
.inbox-grid { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: .92em;
  margin: 0 0 8px !important; }
.inbox-grid, .inbox-grid thead, .inbox-grid tbody, .inbox-grid tr { border: 0 !important; }
.inbox-grid th, .inbox-grid td { border: 0 !important; text-align: left !important;
  border-top: 1px solid var(--border-color-primary) !important; vertical-align: top;
  padding: 6px 10px 6px 0 !important; overflow-wrap: anywhere; background: none !important; }
.inbox-grid thead tr > * { border-top: 0 !important; }
.inbox-answer th:first-child { width: 7em; } .inbox-answer th:last-child { width: 7.5em; }
.inbox-log th:first-child { width: 26%; } .inbox-log th:last-child { width: 24%; }
#inbox-mail:focus { outline: none; }
@media (min-width: 1021px) {
  .inbox-wide > .block { position: sticky !important; top: 0; }
}
@media (max-width: 1020px) {
  .inbox-narrow { display: block !important; } .inbox-wide { display: none !important; }
  .inbox-page { gap: 10px !important; }
  .inbox-card { padding: 12px 14px; }
  .inbox-grid thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px;
    overflow: hidden; }
  .inbox-grid, .inbox-grid tbody, .inbox-grid tr { display: block; }
  .inbox-grid tr { border-top: 1px solid var(--border-color-primary) !important; padding: 6px 0; }
  .inbox-grid th, .inbox-grid td { display: block; width: auto !important; border: 0 !important;
    padding: 1px 0 !important; }
  .inbox-grid td[data-name]::before { content: attr(data-name) ": ";
    color: var(--body-text-color-subdued); }
}
</style>"""
