"""`zhibiao explore`: a web page over a published file, read-only, on this machine.

`app` is the script that Streamlit runs; each page has a module with a function `page`. `data` asks
the file, `text` places marks in sentences, `marked` shows them, `charts` draws, `view` is what
pages share, `words` their words. `correcting` writes corrections.csv; nothing
else is written, and no report is read.
"""
